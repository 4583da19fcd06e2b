"""A model pack that costs next to nothing: a network of one convolution that tells water and plants by linear rules of the
bands, written as ONNX by hand (onnx.proto3 of the standard). Nothing but the standard library."""
import json
import os
import struct

BANDS = ("blue", "green", "red", "nir")
CLASSES = ("land", "water", "vegetation")
# Land 0; water where green outweighs near infrared; vegetation where near infrared outweighs red by far.
WEIGHTS = (0, 0, 0, 0, 0, 20, 0, -20, 0, 0, -20, 10)
BIAS = (0, 0, -0.2)
FLOAT, INTS = 1, 7
OPERATORS, FORMAT = 20, 10


def write(folder):
    """Writes the pack."""
    os.makedirs(folder)
    with open(os.path.join(folder, "model.onnx"), "wb") as graph:
        graph.write(_model())
    with open(os.path.join(folder, "model.json"), "w", encoding="utf-8") as description:
        json.dump(_description(), description)
    return folder


def _description():
    def shape(channels):
        return {"shape": [-1, channels, -1, -1], "data_type": "float32"}
    return {
        "properties": {
            "mlm:name": "waits", "version": "1.0.0", "mlm:architecture": "linear",
            "mlm:tasks": ["semantic-segmentation"],
            "mlm:input": [{"name": "pixels", "bands": BANDS, "input": {**shape(len(BANDS)), "dim_order": "bchw"}}],
            "mlm:output": [{
                "name": "logits", "result": {**shape(len(CLASSES)), "dim_order": "bchw"}, "spex:values": "logits",
                "classification:classes": [{"value": value, "name": name} for value, name in enumerate(CLASSES)]}],
            "spex:tiling": {"overlap": 0},
        },
        "assets": {"model": {"href": "model.onnx"}},
    }


def _model():
    kernel = _field(5, _text(1, "kernel_shape") + _number(8, 1) + _number(8, 1) + _number(20, INTS))
    convolve = (_text(1, "pixels") + _text(1, "weights") + _text(1, "bias") + _text(2, "logits") + _text(4, "Conv")
                + kernel)
    graph = (_field(1, convolve) + _text(2, "waits")
             + _field(5, _tensor("weights", (len(CLASSES), len(BANDS), 1, 1), WEIGHTS))
             + _field(5, _tensor("bias", (len(CLASSES),), BIAS))
             + _field(11, _value("pixels", len(BANDS))) + _field(12, _value("logits", len(CLASSES))))
    return _number(1, FORMAT) + _field(7, graph) + _field(8, _text(1, "") + _number(2, OPERATORS))


def _tensor(name, shape, values):
    return (b"".join(_number(1, length) for length in shape) + _number(2, FLOAT) + _text(8, name)
            + _field(9, struct.pack(f"<{len(values)}f", *values)))


def _value(name, channels):
    lengths = (_text(2, "batch"), _number(1, channels), _text(2, "height"), _text(2, "width"))
    shape = b"".join(_field(1, length) for length in lengths)
    return _text(1, name) + _field(2, _field(1, _number(1, FLOAT) + _field(2, shape)))


def _number(tag, value):
    return _varint(tag << 3) + _varint(value)


def _text(tag, value):
    return _field(tag, value.encode())


def _field(tag, content):
    return _varint(tag << 3 | 2) + _varint(len(content)) + content


def _varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
