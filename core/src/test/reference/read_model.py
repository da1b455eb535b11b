#!/usr/bin/env python3
"""Reads an Elbo model without any code of Elbo and measures it.

    python3 read_model.py MODEL.safetensors DATA_DIR

DATA_DIR holds t10k-images-idx3-ubyte[.gz], or a folder named after the data set that does. Decodes
the posterior mean of every test image, prints the mean squared error per pixel and the one that
the model file reports, and exits with 1 if they differ by more than 1e-5 of it. Needs numpy alone.
"""
import gzip
import hashlib
import json
import math
import os
import struct
import sys

import numpy as np

TOLERANCE = 1e-5  # of float32 sums against float64 ones
BATCH = 1000

ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 0.5 * (1 + np.tanh(x / 2)),
    "softplus": lambda x: np.logaddexp(0, x),
}


def read_safetensors(path):
    """Eight bytes of header length, the header in JSON, the floats; and Elbo's checksum over all."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    digits = metadata["sha256"].encode()
    zeroed = data[:8] + data[8 : 8 + length].replace(digits, b"0" * 64) + data[8 + length :]
    if hashlib.sha256(zeroed).hexdigest().encode() != digits:
        sys.exit(f"{path}: the checksum in its metadata is not that of the file")
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[begin:end], dtype="<f4").astype(np.float64)
        tensors[name] = values.reshape(entry["shape"])
    return metadata, tensors


def read_images(folder, dataset):
    name = "t10k-images-idx3-ubyte"
    for place in (folder, os.path.join(folder, dataset)):
        for end, opened in (("", open), (".gz", gzip.open)):
            path = os.path.join(place, name + end)
            if os.path.isfile(path):
                with opened(path, "rb") as file:
                    data = file.read()
                magic, count, height, width = struct.unpack(">4i", data[:16])
                if magic != 0x00000803:
                    sys.exit(f"{path}: not an IDX file of images")
                pixels = np.frombuffer(data, dtype=np.uint8, offset=16)
                return pixels.reshape(count, height * width)
    sys.exit(f"{folder}: neither {name} nor {name}.gz is there, nor in {dataset or 'a folder'}/")


def layer(x, tensors, name):
    return x @ tensors[name + ".weight"].T + tensors[name + ".bias"]


def hidden_layers(x, tensors, part, activation):
    index = 0
    while f"{part}.{index}.weight" in tensors:
        x = activation(layer(x, tensors, f"{part}.{index}"))
        index += 1
    return x


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python3 read_model.py MODEL.safetensors DATA_DIR")
    metadata, tensors = read_safetensors(sys.argv[1])
    config = json.loads(metadata["config"])
    activation = ACTIVATIONS[config["activation"]]
    images = read_images(sys.argv[2], metadata["dataset"])
    squared_errors = []
    for start in range(0, len(images), BATCH):
        x = images[start : start + BATCH].astype(np.float64) / 255
        mu = layer(hidden_layers(x, tensors, "encoder", activation), tensors, "mean")
        logits = layer(hidden_layers(mu, tensors, "decoder", activation), tensors, "output")
        # The mean of either likelihood, Bernoulli or Gaussian, is the sigmoid of the last layer.
        mean = ACTIVATIONS["sigmoid"](logits)
        squared_errors.append(((x - mean) ** 2).sum())
    mse = math.fsum(squared_errors) / images.size
    reported = float(metadata["figure.test_mse"])
    print(f"images {len(images)}")
    print(f"computed test_mse {mse:.9f}")
    print(f"reported test_mse {reported:.9f}")
    if not abs(mse - reported) <= TOLERANCE * reported:
        sys.exit("they differ")


if __name__ == "__main__":
    main()
