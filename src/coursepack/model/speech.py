"""What is heard in a recording: where somebody speaks, and how loud. Times in milliseconds."""

import msgspec


class SpeechFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a recording sounds like speech (step kind "speech"), by `tools.speech.detect`."""

    duration_ms: int
    segments: tuple[tuple[int, int], ...] = ()
    """(start, end) of each, in order, apart from each other."""
    speech_db: float | None = None
    """Usual level of the speech (median of its frames), dB below full scale; None: there is none to measure."""
    background_db: float | None = None
    """Usual level of what is heard in the pauses between; None: there are no pauses to measure."""

    @property
    def over_background_db(self) -> float | None:
        """How much louder the speech is than what is heard in its pauses (WCAG 1.4.7 asks for 20)."""
        if self.speech_db is None or self.background_db is None:
            return None
        return self.speech_db - self.background_db
