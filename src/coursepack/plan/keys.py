"""Step keys: what decides whether a step must run, and the words for why."""

from collections.abc import Mapping

import msgspec

from coursepack.model.digest import Digest, digest_json
from coursepack.model.recipe import Recipe
from coursepack.model.step import Step


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """The parts of a step key, kept from build to build to explain the next one."""

    key: Digest
    recipe: str
    """Kind and version."""
    tools: str
    params: dict[str, Digest]
    inputs: dict[str, str]


def trace(step: Step, recipe: Recipe, fingerprint: str, inputs: Mapping[str, str]) -> Trace:
    """The key of `step` and what went into it. `inputs`: input name -> digest, resolved; no path counts."""
    params = {name: digest_json(value) for name, value in step.params.items()}
    made = f"{step.kind}/{recipe.version}"
    key = digest_json([made, fingerprint, params, dict(inputs)])
    return Trace(key, made, fingerprint, params, dict(inputs))


def reasons(now: Trace, before: Trace | None) -> tuple[str, ...]:
    """Why a step with the trace `now` is not what it was `before` (None: never seen)."""
    if before is None:
        return ("not built before",)
    found: list[str] = []
    if now.recipe != before.recipe:
        found.append(f"recipe {before.recipe} became {now.recipe}")
    if now.tools != before.tools:
        found.append(f"tools {before.tools} became {now.tools}")
    found += [f"setting {n} changed" for n in _changed(now.params, before.params)]
    found += [f"input {n} changed" for n in _changed(now.inputs, before.inputs)]
    return tuple(found) or ("its result is no longer in the cache",)


def _changed(now: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    return sorted(n for n in {*now, *before} if now.get(n) != before.get(n))
