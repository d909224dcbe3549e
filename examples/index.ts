process.stdout.write('\n')
