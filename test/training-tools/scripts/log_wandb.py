import os
import time

import wandb
from loop import arguments, train

folder, steps, learning_rate = arguments()
config = {"learning_rate": learning_rate, "optimizer": {"name": "sgd", "betas": [0.9, 0.99]}}
run = wandb.init(
    project="lines",
    dir=folder,
    config=config,
    id=os.environ.get("RUN_ID"),
    resume="allow" if "RUN_ID" in os.environ else None,
)
for printed in train(steps, learning_rate):
    step = printed["step"] + int(os.environ.get("FIRST_STEP", 0))
    run.log({name: value for name, value in printed.items() if name != "step"}, step=step)
    if step == int(os.environ.get("KILLED_AT", -1)):
        time.sleep(3)  # what is written is what was logged some time ago
        os.kill(os.getpid(), 9)
run.log({"val": {"loss": printed["loss"] * 2}, "table": wandb.Histogram([1, 2, 3])}, step=step)
run.config.update({"late": "yes"})
run.finish()
