"""Make a Whisper model of a real one's shape with random weights, to measure time with.

It hears nothing, but it costs what the real one costs: same layers, same vocabulary, 8-bit weights.
Its last layer is tilted so that it never ends by itself and never writes a time stamp; how many
tokens it writes is then set from outside (`tokens` in voice_model.py).
"""

import json
from pathlib import Path

import numpy as np
from ctranslate2.specs import WhisperSpec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

SHAPES = {"tiny": (4, 384, 6), "base": (6, 512, 8), "small": (12, 768, 12)}  # layers, width, heads
WORDS = 50_257  # tokens that are text; the end of text follows
LANGUAGES = 99
STAMPS = 1_501
TAIL = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")


def build(folder: Path, size: str = "base") -> Path:
    """Write the model into a folder, unless it is there; return the folder."""
    if (folder / "tokenizer.json").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    layers, width, heads = SHAPES[size]
    tokens = _tokens()
    spec = WhisperSpec(layers, heads, layers, heads)
    chance = np.random.default_rng(1)
    _fill_encoder(spec.encoder, width, chance)
    _fill_decoder(spec.decoder, width, chance, count=len(tokens))
    spec.register_vocabulary(tokens)
    spec.config.alignment_heads = [(layers - 1, head) for head in range(4)]
    spec.config.lang_ids = list(range(WORDS + 2, WORDS + 2 + LANGUAGES))
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [220, WORDS]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    features = {"feature_size": 80, "sampling_rate": 16_000, "hop_length": 160, "n_fft": 400,
                "chunk_length": 30, "n_samples": 480_000, "nb_max_frames": 3_000}  # fmt: skip
    (folder / "preprocessor_config.json").write_text(json.dumps(features))
    _tokenizer(tokens).save(str(folder / "tokenizer.json"))
    return folder


def _tokens() -> list[str]:
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"Ġw{number:05}" for number in range(WORDS - len(letters))]
    codes = ["en", "de"] + [f"x{number}" for number in range(LANGUAGES - 2)]
    special = ["endoftext", "startoftranscript", *codes, *TAIL]
    stamps = [f"{number * 0.02:.2f}" for number in range(STAMPS)]
    return [*letters, *words, *(f"<|{name}|>" for name in (*special, *stamps))]


def _tokenizer(tokens: list[str]) -> Tokenizer:
    text = {token: number for number, token in enumerate(tokens[:WORDS])}
    tokenizer = Tokenizer(models.BPE(text, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in tokens[WORDS:]]
    )
    return tokenizer


def _fill_encoder(encoder, width: int, chance: np.random.Generator) -> None:
    encoder.conv1.weight = _random(chance, width, 80, 3)
    encoder.conv2.weight = _random(chance, width, width, 3)
    for convolution in (encoder.conv1, encoder.conv2):
        convolution.bias = np.zeros(width, np.float32)
    encoder.position_encodings.encodings = _random(chance, 1_500, width)
    _norm(encoder.layer_norm, width)
    for layer in encoder.layer:
        _attention(layer.self_attention, width, chance, is_cross=False)
        _feed_forward(layer.ffn, width, chance)


def _fill_decoder(decoder, width: int, chance: np.random.Generator, *, count: int) -> None:
    tilt = chance.standard_normal(width).astype(np.float32)
    tilt /= np.linalg.norm(tilt)
    embeddings = 8 * _random(chance, count, width)
    embeddings[WORDS:] -= 10 * tilt  # never the end, never a stamp, if anything else is allowed
    decoder.embeddings.weight = embeddings
    decoder.projection.weight = embeddings
    decoder.position_encodings.encodings = 4 * _random(chance, 448, width)
    _norm(decoder.layer_norm, width)
    decoder.layer_norm.beta = 10 * tilt
    for layer in decoder.layer:
        _attention(layer.self_attention, width, chance, is_cross=False)
        _attention(layer.attention, width, chance, is_cross=True)
        _feed_forward(layer.ffn, width, chance)


def _attention(attention, width: int, chance: np.random.Generator, *, is_cross: bool) -> None:
    _norm(attention.layer_norm, width)
    for linear, times in zip(attention.linear, (1, 2, 1) if is_cross else (3, 1), strict=True):
        _linear(linear, times * width, width, chance)


def _feed_forward(feed_forward, width: int, chance: np.random.Generator) -> None:
    _norm(feed_forward.layer_norm, width)
    _linear(feed_forward.linear_0, 4 * width, width, chance)
    _linear(feed_forward.linear_1, width, 4 * width, chance)


def _linear(linear, rows: int, columns: int, chance: np.random.Generator) -> None:
    linear.weight = _random(chance, rows, columns)
    linear.bias = np.zeros(rows, np.float32)


def _norm(norm, width: int) -> None:
    norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _random(chance: np.random.Generator, *shape: int) -> np.ndarray:
    """Weights that keep a signal's size from layer to layer."""
    fan_in = int(np.prod(shape[1:]))
    return (chance.standard_normal(shape) / np.sqrt(fan_in)).astype(np.float32)
