// Stands in for NVIDIA's libnvidia-ml.so.1: answers what the file in $NVML_SCENARIO says, which is read
// anew when it changes. BRANCH is the driver that it stands for; what that driver lacks is not here.
//
//   count 8                                GPUs that there are
//   driver 590.48.01                       and `nvml`, their versions
//   set <gpu> <key> <value>                a number; without one the function is not supported
//   text <gpu> <key> <value>               a text
//   field <gpu> <id> <scope> <type> <value>
//   process <gpu> <pid> <bytes> <sm> <gi>
//   mig <gpu> <slot> <uuid> <gi> <ci> <bytes>
//   xid <gpu> <code>                       is reported once
//   return <gpu> <function> <code>         the function fails
//   sleep <gpu> <function> <ms>            the function takes long
//   crash <gpu> <function>                 the function ends the process
// A <gpu> of -1 is any; a GPU's own line comes before it, and a later line before an earlier.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int R;
typedef struct device { int gpu, slot; } *D;
typedef unsigned u32;
typedef unsigned long long u64;
enum { OK = 0, INVALID = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, TOO_SMALL = 7, TIMEOUT = 10, WRONG_VERSION = 25 };

typedef struct { u32 gpu, memory; } nvmlUtilization_t;
typedef struct { u64 total, free, used; } nvmlMemory_t;
typedef struct { u32 version; u64 total, reserved, free, used; } nvmlMemory_v2_t;
typedef struct { u64 bar1Total, bar1Free, bar1Used; } nvmlBAR1Memory_t;
typedef struct { char busIdLegacy[16]; u32 domain, bus, device, pciDeviceId, pciSubSystemId; char busId[32]; } nvmlPciInfo_t;
typedef union { double dVal; int siVal; u32 uiVal; unsigned long ulVal; u64 ullVal; long long sllVal; unsigned short usVal; } value_t;
typedef struct { u32 fieldId, scopeId; long long timestamp, latencyUsec; u32 valueType; R nvmlReturn; value_t value; } nvmlFieldValue_t;
typedef struct { u32 pid; u64 usedGpuMemory; u32 gpuInstanceId, computeInstanceId; } nvmlProcessInfo_t;
typedef struct { u32 pid; u64 timeStamp; u32 smUtil, memUtil, encUtil, decUtil; } nvmlProcessUtilizationSample_t;
typedef struct { D device; u64 eventType, eventData; u32 gpuInstanceId, computeInstanceId; } nvmlEventData_t;
typedef struct { u32 multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount, sharedJpegCount, sharedOfaCount, gpuInstanceSliceCount, computeInstanceSliceCount; u64 memorySizeMB; } nvmlDeviceAttributes_t;
typedef struct { u64 referenceTime, violationTime; } nvmlViolationTime_t;
typedef struct { u32 version, fan, speed; } nvmlFanSpeedInfo_t;
typedef struct { u32 version; int sensorType, temperature; } nvmlTemperature_t;
#include "layouts.h"

#define MOST 65536
typedef struct { char kind; int gpu; char key[56], text[96]; long long number[4]; } Line;
static Line lines[MOST];
static int lineCount, reported;
static struct timespec readAt;
static struct device devices[64][9];
static u64 registered[64];

static void readLine(const char *text) {
  Line *line = &lines[lineCount];
  memset(line, 0, sizeof *line);
  char word[16] = "";
  sscanf(text, "%15s", word);
  long long *n = line->number;
  int read = 0;
#define READ(name, format, ...) if (!strcmp(word, name)) read = sscanf(text, "%*s " format, __VA_ARGS__)
  READ("count", "%lld", n); READ("driver", "%95s", line->text); READ("nvml", "%95s", line->text);
  READ("set", "%d %55s %lld", &line->gpu, line->key, n);
  READ("text", "%d %55s %95[^\n]", &line->gpu, line->key, line->text);
  READ("field", "%d %lld %lld %lld %lld", &line->gpu, n, n + 1, n + 2, n + 3);
  READ("process", "%d %lld %lld %lld %lld", &line->gpu, n, n + 1, n + 2, n + 3);
  READ("mig", "%d %lld %95s %lld %lld %lld", &line->gpu, n, line->text, n + 1, n + 2, n + 3);
  READ("xid", "%d %lld", &line->gpu, n);
  READ("return", "%d %55s %lld", &line->gpu, line->key, n);
  READ("sleep", "%d %55s %lld", &line->gpu, line->key, n);
  READ("crash", "%d %55s", &line->gpu, line->key);
  if (read > 0 && lineCount < MOST - 1) { line->kind = word[0] == 's' && word[1] == 'l' ? 'w' : word[0] == 'c' && word[1] == 'r' ? '!' : word[0]; lineCount++; }
}

static void readScenario(void) {
  const char *path = getenv("NVML_SCENARIO");
  struct stat now;
  if (!path || stat(path, &now) || (now.st_mtim.tv_sec == readAt.tv_sec && now.st_mtim.tv_nsec == readAt.tv_nsec)) return;
  readAt = now.st_mtim;
  FILE *file = fopen(path, "r");
  char text[256];
  for (lineCount = 0; file && fgets(text, sizeof text, file);) readLine(text);
  if (file) fclose(file);
}

static Line *find(char kind, int gpu, const char *key) {
  Line *any = NULL, *own = NULL;
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == kind && !strcmp(line->key, key)) {
      if (line->gpu == gpu) own = line;
      if (line->gpu == -1) any = line;
    }
  return own ? own : any;
}

// What the scenario says that the function does before it answers.
static R enter(const char *function, int gpu) {
  readScenario();
  Line *line = find('w', gpu, function);
  if (line) usleep((useconds_t)line->number[0] * 1000);
  if (find('!', gpu, function)) *(volatile int *)NULL = 0;
  line = find('r', gpu, function);
  return line ? (R)line->number[0] : OK;
}

#define ENTER(gpu) { R code = enter(__func__, gpu); if (code) return code; }
#define DEVICE ENTER(d->gpu)
#define NUMBER(name, key) Line *name = find('s', d->gpu, key); if (!name) return NOT_SUPPORTED
#define GET32(function, key) R function(D d, u32 *out) { DEVICE NUMBER(line, key); *out = (u32)line->number[0]; return OK; }
#define GET64(function, key) R function(D d, u64 *out) { DEVICE NUMBER(line, key); *out = (u64)line->number[0]; return OK; }
#define PAIR(function, one, two) R function(D d, u32 *a, u32 *b) { DEVICE NUMBER(x, one); NUMBER(y, two); *a = (u32)x->number[0]; *b = (u32)y->number[0]; return OK; }
#define TEXT(function, key) R function(D d, char *out, u32 size) { DEVICE return text(d->gpu, key, out, size); }
#define KIND(function, key) R function(D d, int kind, u32 *out) { char name[64]; snprintf(name, sizeof name, key "%d", kind); DEVICE NUMBER(line, name); *out = (u32)line->number[0]; return OK; }

static R text(int gpu, const char *key, char *out, u32 size) {
  Line *line = find('t', gpu, key);
  if (!line) return NOT_SUPPORTED;
  snprintf(out, size, "%s", line->text);
  return OK;
}

static R version(char kind, char *out, u32 size) {
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == kind) { snprintf(out, size, "%s", line->text); return OK; }
  return NOT_SUPPORTED;
}

R nvmlInit_v2(void) { ENTER(-1) return OK; }
R nvmlShutdown(void) { return OK; }
R nvmlSystemGetDriverVersion(char *out, u32 size) { ENTER(-1) return version('d', out, size); }
R nvmlSystemGetNVMLVersion(char *out, u32 size) { ENTER(-1) return version('n', out, size); }
R nvmlSystemGetCudaDriverVersion(int *out) { ENTER(-1) *out = 13010; return OK; }

R nvmlDeviceGetCount_v2(u32 *out) {
  ENTER(-1)
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == 'c') { *out = (u32)line->number[0]; return OK; }
  *out = 0;
  return OK;
}

R nvmlDeviceGetHandleByIndex_v2(u32 index, D *out) {
  ENTER((int)index)
  if (index >= 64) return INVALID;
  devices[index][0] = (struct device){(int)index, -1};
  *out = &devices[index][0];
  return OK;
}

static Line *instance(D d, long long slot) {
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == 'm' && line->gpu == d->gpu && line->number[0] == slot) return line;
  return NULL;
}

R nvmlDeviceGetUUID(D d, char *out, u32 size) {
  DEVICE
  if (d->slot < 0) return text(d->gpu, "uuid", out, size);
  Line *line = instance(d, d->slot);
  if (!line) return NOT_FOUND;
  snprintf(out, size, "%s", line->text);
  return OK;
}
TEXT(nvmlDeviceGetName, d->slot < 0 ? "name" : "mig.name")
TEXT(nvmlDeviceGetVbiosVersion, "vbios")
R nvmlDeviceGetPciInfo_v3(D d, nvmlPciInfo_t *out) { DEVICE memset(out, 0, sizeof *out); return text(d->gpu, "pci", out->busId, sizeof out->busId); }
PAIR(nvmlDeviceGetCudaComputeCapability, "compute.major", "compute.minor")
GET32(nvmlDeviceGetPersistenceMode, "persistence")
PAIR(nvmlDeviceGetEccMode, "ecc", "ecc")

R nvmlDeviceGetUtilizationRates(D d, nvmlUtilization_t *out) { DEVICE NUMBER(a, "gpu"); NUMBER(b, "memory"); out->gpu = (u32)a->number[0]; out->memory = (u32)b->number[0]; return OK; }
PAIR(nvmlDeviceGetEncoderUtilization, "encoder", "period")
PAIR(nvmlDeviceGetDecoderUtilization, "decoder", "period")
#if BRANCH >= 535
PAIR(nvmlDeviceGetJpgUtilization, "jpeg", "period")
PAIR(nvmlDeviceGetOfaUtilization, "ofa", "period")
#endif

static u64 used(D d, u64 otherwise) {
  Line *line = d->slot < 0 ? NULL : instance(d, d->slot);
  return line ? (u64)line->number[3] : otherwise;
}
R nvmlDeviceGetMemoryInfo(D d, nvmlMemory_t *out) {
  DEVICE NUMBER(total, "total"); NUMBER(taken, "used"); NUMBER(kept, "reserved");
  u64 all = (u64)total->number[0], reserved = (u64)kept->number[0], inUse = used(d, (u64)taken->number[0]) + reserved;
  *out = (nvmlMemory_t){all, all - inUse, inUse};
  return OK;
}
#if BRANCH >= 510
R nvmlDeviceGetMemoryInfo_v2(D d, nvmlMemory_v2_t *out) {
  DEVICE
  if (out->version != (sizeof *out | 2u << 24)) return WRONG_VERSION;
  NUMBER(total, "total"); NUMBER(taken, "used"); NUMBER(kept, "reserved");
  u64 all = (u64)total->number[0], reserved = (u64)kept->number[0], inUse = used(d, (u64)taken->number[0]);
  *out = (nvmlMemory_v2_t){out->version, all, reserved, all - reserved - inUse, inUse};
  return OK;
}
#endif
R nvmlDeviceGetBAR1MemoryInfo(D d, nvmlBAR1Memory_t *out) { DEVICE NUMBER(total, "bar1.total"); NUMBER(taken, "bar1.used"); *out = (nvmlBAR1Memory_t){(u64)total->number[0], (u64)(total->number[0] - taken->number[0]), (u64)taken->number[0]}; return OK; }

KIND(nvmlDeviceGetTemperature, "temperature")
#if BRANCH >= 575
R nvmlDeviceGetTemperatureV(D d, nvmlTemperature_t *out) { DEVICE if (out->version != (sizeof *out | 1u << 24)) return WRONG_VERSION; NUMBER(line, "temperatureV"); out->temperature = (int)line->number[0]; return OK; }
#endif
KIND(nvmlDeviceGetTemperatureThreshold, "threshold")
GET32(nvmlDeviceGetPowerUsage, "power")
GET32(nvmlDeviceGetPowerManagementLimit, "limit.requested")
GET32(nvmlDeviceGetEnforcedPowerLimit, "limit.enforced")
GET32(nvmlDeviceGetPowerManagementDefaultLimit, "limit.default")
PAIR(nvmlDeviceGetPowerManagementLimitConstraints, "limit.min", "limit.max")
GET64(nvmlDeviceGetTotalEnergyConsumption, "energy")
KIND(nvmlDeviceGetClockInfo, "clock")
KIND(nvmlDeviceGetMaxClockInfo, "clock.max")
#if BRANCH >= 535
GET64(nvmlDeviceGetCurrentClocksEventReasons, "reasons")
#endif
GET64(nvmlDeviceGetCurrentClocksThrottleReasons, "reasons")
R nvmlDeviceGetViolationStatus(D d, int policy, nvmlViolationTime_t *out) { char name[32]; snprintf(name, sizeof name, "violation%d", policy); DEVICE NUMBER(line, name); *out = (nvmlViolationTime_t){1, (u64)line->number[0]}; return OK; }
GET32(nvmlDeviceGetPerformanceState, "pstate")
GET32(nvmlDeviceGetNumFans, "fans")
R nvmlDeviceGetFanSpeed_v2(D d, u32 fan, u32 *out) { DEVICE NUMBER(line, "fan"); *out = (u32)line->number[0] + fan; return OK; }
#if BRANCH >= 570
R nvmlDeviceGetFanSpeedRPM(D d, nvmlFanSpeedInfo_t *out) { DEVICE if (out->version != (sizeof *out | 1u << 24)) return WRONG_VERSION; NUMBER(line, "rpm"); out->speed = (u32)line->number[0] + out->fan; return OK; }
#endif
GET32(nvmlDeviceGetCurrPcieLinkGeneration, "pcie.generation")
GET32(nvmlDeviceGetCurrPcieLinkWidth, "pcie.width")
GET32(nvmlDeviceGetMaxPcieLinkGeneration, "pcie.generation.max")
GET32(nvmlDeviceGetMaxPcieLinkWidth, "pcie.width.max")
GET32(nvmlDeviceGetPcieReplayCounter, "pcie.replay")

static R field(D d, nvmlFieldValue_t *entry) {
  Line *found = NULL;
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == 'f' && line->number[0] == entry->fieldId && (u32)line->number[1] == entry->scopeId)
      if (line->gpu == d->gpu || (line->gpu == -1 && (!found || found->gpu == -1))) found = line;
  if (!found) return NOT_SUPPORTED;
  entry->valueType = (u32)found->number[2];
  if (entry->valueType == 0) entry->value.dVal = (double)found->number[3];
  else entry->value.ullVal = (u64)found->number[3];
  return OK;
}
R nvmlDeviceGetFieldValues(D d, int count, nvmlFieldValue_t *values) { DEVICE for (int i = 0; i < count; i++) values[i].nvmlReturn = field(d, values + i); return OK; }

R nvmlDeviceGetTotalEccErrors(D d, int type, int counter, u64 *out) { char name[32]; snprintf(name, sizeof name, "ecc%d.%d", type, counter); DEVICE NUMBER(line, name); *out = (u64)line->number[0]; return OK; }
R nvmlDeviceGetRemappedRows(D d, u32 *corrected, u32 *uncorrected, u32 *pending, u32 *failure) {
  DEVICE NUMBER(a, "rows.corrected"); NUMBER(b, "rows.uncorrected"); NUMBER(c, "rows.pending"); NUMBER(e, "rows.failure");
  *corrected = (u32)a->number[0]; *uncorrected = (u32)b->number[0]; *pending = (u32)c->number[0]; *failure = (u32)e->number[0];
  return OK;
}
R nvmlDeviceGetRowRemapperHistogram(D d, u32 out[5]) { DEVICE NUMBER(line, "banks"); memset(out, 0, 5 * sizeof *out); out[0] = (u32)line->number[0]; return OK; }

static R processes(D d, u32 *count, nvmlProcessInfo_t *out) {
  u32 room = *count, have = 0;
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == 'p' && line->gpu == d->gpu && ++have <= room)
      out[have - 1] = (nvmlProcessInfo_t){(u32)line->number[0], (u64)line->number[1], (u32)line->number[3], (u32)line->number[3]};
  *count = have;
  return have > room ? TOO_SMALL : OK;
}
#if BRANCH >= 510
R nvmlDeviceGetComputeRunningProcesses_v3(D d, u32 *count, nvmlProcessInfo_t *out) { DEVICE return processes(d, count, out); }
R nvmlDeviceGetGraphicsRunningProcesses_v3(D d, u32 *count, nvmlProcessInfo_t *out) { DEVICE (void)out; *count = 0; return OK; }
R nvmlDeviceGetMPSComputeRunningProcesses_v3(D d, u32 *count, nvmlProcessInfo_t *out) { DEVICE (void)out; *count = 0; return OK; }
#endif
R nvmlDeviceGetComputeRunningProcesses_v2(D d, u32 *count, nvmlProcessInfo_t *out) { DEVICE return processes(d, count, out); }
R nvmlDeviceGetGraphicsRunningProcesses_v2(D d, u32 *count, nvmlProcessInfo_t *out) { DEVICE (void)out; *count = 0; return OK; }
R nvmlDeviceGetProcessUtilization(D d, nvmlProcessUtilizationSample_t *out, u32 *count, u64 since) {
  DEVICE
  u32 room = *count, have = 0;
  for (Line *line = lines; line < lines + lineCount; line++)
    if (line->kind == 'p' && line->gpu == d->gpu && line->number[2] >= 0 && ++have <= room && out)
      out[have - 1] = (nvmlProcessUtilizationSample_t){(u32)line->number[0], since + 1000, (u32)line->number[2], 1, 2, 3};
  *count = have;
  if (have == 0) return NOT_FOUND;
  return have > room ? TOO_SMALL : OK;
}

PAIR(nvmlDeviceGetMigMode, "mig", "mig")
GET32(nvmlDeviceGetMaxMigDeviceCount, "mig.max")
R nvmlDeviceGetMigDeviceHandleByIndex(D d, u32 slot, D *out) {
  DEVICE
  if (slot >= 8 || !instance(d, slot)) return NOT_FOUND;
  devices[d->gpu][slot + 1] = (struct device){d->gpu, (int)slot};
  *out = &devices[d->gpu][slot + 1];
  return OK;
}
R nvmlDeviceGetGpuInstanceId(D d, u32 *out) { DEVICE Line *line = instance(d, d->slot); if (!line) return NOT_SUPPORTED; *out = (u32)line->number[1]; return OK; }
R nvmlDeviceGetComputeInstanceId(D d, u32 *out) { DEVICE Line *line = instance(d, d->slot); if (!line) return NOT_SUPPORTED; *out = (u32)line->number[2]; return OK; }
R nvmlDeviceGetAttributes_v2(D d, nvmlDeviceAttributes_t *out) { DEVICE memset(out, 0, sizeof *out); out->gpuInstanceSliceCount = 1; out->computeInstanceSliceCount = 1; out->memorySizeMB = 9728; return OK; }

R nvmlDeviceGetSupportedEventTypes(D d, u64 *out) { DEVICE *out = 0xdfff; return OK; }
R nvmlEventSetCreate(void **out) { ENTER(-1) *out = registered; return OK; }
R nvmlDeviceRegisterEvents(D d, u64 types, void *set) { DEVICE (void)set; registered[d->gpu] = types; return OK; }
R nvmlEventSetWait_v2(void *set, nvmlEventData_t *out, u32 timeout) {
  ENTER(-1)
  (void)set; (void)timeout;
  int index = 0;
  for (Line *line = lines; line < lines + lineCount; line++) {
    if (line->kind != 'x' || index++ < reported) continue;
    reported++;
    if (!(registered[line->gpu] & 8)) continue;
    *out = (nvmlEventData_t){&devices[line->gpu][0], 8, (u64)line->number[0], 0xffffffff, 0xffffffff};
    return OK;
  }
  return TIMEOUT;
}
