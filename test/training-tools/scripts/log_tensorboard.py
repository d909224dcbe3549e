from loop import arguments, train
from tensorboardX import SummaryWriter

folder, steps, learning_rate = arguments()
writer = SummaryWriter(folder)
writer.add_hparams({"learning_rate": learning_rate, "optimizer": "sgd", "nesterov": False}, {})
for printed in train(steps, learning_rate):
    for name, value in printed.items():
        if name != "step":
            writer.add_scalar(f"train/{name}", value, printed["step"])
writer.add_scalar("eval/loss", printed["loss"] * 2, printed["step"])
writer.close()
