"""The text side of a compact model, in the official formats: a byte-level BPE tokenizer in the Qwen2 files, and a small
Qwen2.5-VL language model without its vision tower. A prompt is read as in the original pipeline: put into the template,
encoded as a whole, and the hidden states of the template's first 34 tokens are dropped."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Iterable

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from torch import Tensor, nn
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX

TEMPLATE = ("<|im_start|>system\nDescribe the image by detailing the color, shape, size, texture, quantity, text, spatial relationships of "
            "the objects and background:<|im_end|>\n<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n")
DROPPED = 34
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>")


def new_tokenizer(captions: Iterable[str], size: int = 2048) -> Tokenizer:
    """Trained on captions; every word of the template is one token, so that it has 34 tokens before the prompt, as released."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PRETOKENIZE_REGEX), behavior="isolated", invert=False),
        pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(add_prefix_space=False, trim_offsets=False)
    captions = list(captions)
    template = TEMPLATE
    for token in SPECIAL:
        template = template.replace(token, " \n")
    corpus = [template] * (100 * len(captions) + 1000) + captions
    tokenizer.train_from_iterator(corpus, trainers.BpeTrainer(
        vocab_size=size, special_tokens=[], show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())))
    tokenizer.add_tokens([AddedToken(t, special=True, normalized=False) for t in SPECIAL])
    before = len(tokenizer.encode(TEMPLATE.split("{}")[0]).ids)
    if before != DROPPED:
        raise ValueError(f"The template has {before} tokens before the prompt, not {DROPPED}; give the tokenizer more merges.")
    return tokenizer


def prompt_ids(tokenizer: Tokenizer, captions: list[str], limit: int = 64) -> tuple[Tensor, Tensor]:
    """Ids (B,T) of templated prompts, padded on the right, and which of them are real. Captions are cut to `limit` tokens."""
    before, after = (tokenizer.encode(part).ids for part in TEMPLATE.split("{}"))
    rows = [before + tokenizer.encode(c).ids[:limit] + after for c in captions]
    ids = torch.full((len(rows), max(map(len, rows))), tokenizer.token_to_id("<|endoftext|>"))
    real = torch.zeros_like(ids, dtype=torch.bool)
    for k, row in enumerate(rows):
        ids[k, :len(row)] = torch.tensor(row)
        real[k, :len(row)] = True
    return ids, real


class TextEncoder(nn.Module):
    """A compact Qwen2.5-VL language model; a token sees only what comes before it, so that padding behind does no harm."""

    def __init__(self, tokenizer: Tokenizer, width: int = 128, layers: int = 3) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.whole = new_language_model(tokenizer, width, layers)
        self.model = self.whole.model.language_model

    def forward(self, captions: list[str], device: str | torch.device) -> tuple[Tensor, Tensor]:
        """Embeddings (B,T,width) and which of them are real (B,T)."""
        ids, real = (x.to(device) for x in prompt_ids(self.tokenizer, captions))
        hidden = self.model(input_ids=ids, use_cache=False).last_hidden_state
        return hidden[:, DROPPED:], real[:, DROPPED:]

    def save(self, folder: Path) -> None:
        """`text_encoder/` without vision tower and output layer, f16, and `tokenizer/`."""
        from safetensors.torch import save_file
        text, tokens = folder / "text_encoder", folder / "tokenizer"
        for part in (text, tokens):
            part.mkdir(parents=True, exist_ok=True)
        save_file({f"model.{k}": v.to(torch.float16).contiguous() for k, v in self.model.state_dict().items()}, text / "model.safetensors")
        config = flat_config(self.tokenizer, self.model.config.hidden_size, self.model.config.num_hidden_layers)
        (text / "config.json").write_text(json.dumps({"architectures": ["Qwen2_5_VLForConditionalGeneration"], "model_type": "qwen2_5_vl",
                                                      **config, "torch_dtype": "float16"}, indent=2) + "\n")
        save_tokenizer(self.tokenizer, tokens)


def flat_config(tokenizer: Tokenizer, width: int, layers: int) -> dict:
    ids = {t: tokenizer.token_to_id(t) for t in SPECIAL}
    heads = width // 32
    return dict(
        hidden_act="silu", hidden_size=width, initializer_range=.02, intermediate_size=width * 3, max_position_embeddings=2048,
        max_window_layers=layers, num_attention_heads=heads, num_hidden_layers=layers, num_key_value_heads=max(1, heads // 2), rms_norm_eps=1e-6,
        rope_scaling={"mrope_section": [4, 6, 6], "rope_type": "default", "type": "default"}, rope_theta=1e6, use_cache=True,
        use_sliding_window=False, sliding_window=2048, vocab_size=(tokenizer.get_vocab_size() + 15) // 16 * 16, attention_dropout=0.0,
        bos_token_id=ids["<|endoftext|>"], eos_token_id=ids["<|im_end|>"], image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"], vision_start_token_id=ids["<|vision_start|>"], vision_end_token_id=ids["<|vision_end|>"],
        vision_token_id=ids["<|vision_pad|>"], tie_word_embeddings=True)


def new_language_model(tokenizer: Tokenizer, width: int, layers: int) -> Qwen2_5_VLForConditionalGeneration:
    """The class insists on a vision tower; a minute one, which is neither trained nor saved."""
    vision = dict(depth=1, fullatt_block_indexes=[0], hidden_act="silu", hidden_size=16, in_channels=3, in_chans=3, intermediate_size=16,
                  num_heads=1, out_hidden_size=width, patch_size=14, spatial_merge_size=2, spatial_patch_size=14, temporal_patch_size=2,
                  tokens_per_second=2, window_size=112)
    return Qwen2_5_VLForConditionalGeneration(Qwen2_5_VLConfig(**flat_config(tokenizer, width, layers), vision_config=vision))


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """vocab.json, merges.txt, tokenizer.json, added_tokens.json, special_tokens_map.json, tokenizer_config.json."""
    whole = json.loads(tokenizer.to_str())
    write = lambda name, content: (folder / name).write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write("vocab.json", dict(sorted(whole["model"]["vocab"].items(), key=lambda e: e[1])))
    merges = (" ".join(m) if isinstance(m, list) else m for m in whole["model"]["merges"])
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", encoding="utf-8")
    ids = {t: tokenizer.token_to_id(t) for t in SPECIAL}
    token = lambda t: dict(content=t, lstrip=False, normalized=False, rstrip=False, single_word=False)
    write("added_tokens.json", ids)
    write("special_tokens_map.json", dict(additional_special_tokens=list(SPECIAL[1:]), eos_token=token("<|im_end|>"), pad_token=token("<|endoftext|>")))
    write("tokenizer_config.json", dict(
        add_bos_token=False, add_prefix_space=False, added_tokens_decoder={str(ids[t]): dict(token(t), special=True) for t in SPECIAL},
        additional_special_tokens=list(SPECIAL[1:]), bos_token=None, clean_up_tokenization_spaces=False, eos_token="<|im_end|>",
        errors="replace", model_max_length=2048, pad_token="<|endoftext|>", split_special_tokens=False, tokenizer_class="Qwen2Tokenizer",
        unk_token=None))


def load(folder: Path) -> TextEncoder:
    """What `TextEncoder.save` wrote, in f32."""
    from safetensors.torch import load_file
    config = json.loads((folder / "text_encoder" / "config.json").read_text())
    encoder = TextEncoder(Tokenizer.from_file(str(folder / "tokenizer" / "tokenizer.json")), config["hidden_size"], config["num_hidden_layers"])
    weights = load_file(folder / "text_encoder" / "model.safetensors")
    encoder.model.load_state_dict({k.removeprefix("model."): v.float() for k, v in weights.items()})
    return encoder.eval()
