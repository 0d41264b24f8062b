"""py3langid's classifier, with the same answers in a third of the time: it looks at all bytes of a text at once."""

from collections import Counter
from typing import Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier


class Identifier(LanguageIdentifier):  # type: ignore[misc]
    """Finds the features of a text, and what they weigh, without a loop over its bytes."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._moves = np.frombuffer(self.tk_nextmove, self.tk_nextmove.typecode)
        self._rows = np.array(self.tk_row, np.intp) << 8
        self._features = np.array(self.tk_output)
        # The model has numbers of 16 bits; those that were asked for are kept as the 32 bits that they are counted with.
        self._weights = np.empty(self.nb_ptc.shape, np.float32)
        self._is_known = np.zeros(len(self.nb_ptc), np.bool_)

    def _raw_score(self, text: bytes) -> Any:
        """Return the score of each language, as py3langid does."""
        found = self._features.take(self._states(np.frombuffer(text, np.uint8)))
        visits = Counter(found[found >= 0].tolist())
        if not visits:
            return np.zeros(len(self.nb_classes), np.float32)
        features = np.fromiter(visits, np.intp, len(visits))
        counts = np.fromiter(visits.values(), np.float32, len(visits))
        if len(new := features[~self._is_known.take(features)]):
            self._weights[new] = self.nb_ptc[new]
            self._is_known[new] = True
        return np.log1p(counts) @ self._weights.take(features, axis=0) + self.nb_pc

    def _states(self, text: Any) -> Any:
        """Return the state of the automaton after each byte.

        The state depends on the last few bytes alone, so that it is soon known if all are guessed at once, each from
        the one before in the last guess: when a guess is the same as the last one, it is right.
        """
        states = np.zeros(len(text) + 1, np.intp)
        while True:
            after = self._moves.take(self._rows.take(states[:-1]) + text)
            if np.array_equal(after, states[1:]):
                return after
            states[1:] = after


def load() -> Identifier:
    """Load the model."""
    loaded: Identifier = Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    return loaded
