package org.layerj.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The record of a layer: what it holds, and that its text is read back. */
class ProvenanceTest {

	private static Provenance random(final long seed) {
		final Random random = new Random(seed);
		final Provenance.Builder builder = new Provenance.Builder(7, 5).models(List.of("m; n=1 ü", "a"));
		for (int i = 0; i < 35; i++) {
			int left = Provenance.ALL;
			for (final Kind kind : Kind.values()) {
				if (kind == Kind.OBSERVED || random.nextInt(3) > 0) continue;
				final int share = random.nextInt(left + 1);
				builder.set(i, kind, share);
				left -= share;
			}
			if (random.nextInt(4) == 0) builder.seal(i, random.nextInt());
		}
		return builder.build();
	}

	@Test
	void textIsReadBack() {
		for (int seed = 0; seed < 50; seed++) {
			final Provenance p = random(seed);
			assertEquals(Optional.of(p), ProvenanceText.parse(ProvenanceText.of(p), 7, 5));
			assertTrue(ProvenanceText.of(p).chars().allMatch(c -> c > ' ' && c < 127));
		}
		assertEquals("1;3x2", ProvenanceText.of(Provenance.observed(3, 2)));
	}

	@Test
	void otherTextsAreNoRecords() {
		final String text = ProvenanceText.of(random(1));
		assertEquals(Optional.empty(), ProvenanceText.parse(text, 5, 7));
		assertEquals(Optional.empty(), ProvenanceText.parse("2" + text.substring(1), 7, 5), "a later version");
		for (int n = 0; n < text.length(); n++) ProvenanceText.parse(text.substring(0, n), 7, 5);
		final Random random = new Random(3);
		for (int k = 0; k < 300; k++) {
			final char[] damaged = text.toCharArray();
			damaged[random.nextInt(damaged.length)] = (char) (33 + random.nextInt(90));
			ProvenanceText.parse(new String(damaged), 7, 5).ifPresent(p -> {
				for (int i = 0; i < 35; i++) assertTrue(p.observed(i) >= 0 && p.observed(i) <= Provenance.ALL);
			});
		}
	}

	@Test
	void sharesOfAPixelAreWholeAndTracesStay() {
		final double[] shares = { 0, 0.0001, 0.5, 0.3, 0.1999 };
		final Provenance p = new Provenance.Builder(1, 1).mix(0, shares, 0).build();
		assertEquals(1, p.share(Kind.COMPUTED, 0));
		assertEquals(0, p.observed(0), 1);
		assertTrue(new Provenance.Builder(1, 1).mix(0, new double[] { 1, 0.001, 0, 0, 0 }, 0.002).build().isObserved());
	}

	@Test
	void marksTakeWhatWasObservedAndBreakSeals() {
		final Provenance half = new Provenance.Builder(2, 1).set(0, Kind.COMPUTED, 100).seal(0, 7).build();
		assertTrue(half.sealed(0, 7));
		assertFalse(half.sealed(0, 8));
		final Provenance painted = half.mark(Kind.BY_HAND, i -> true);
		assertEquals(100, painted.share(Kind.COMPUTED, 0));
		assertEquals(155, painted.share(Kind.BY_HAND, 0));
		assertEquals(Provenance.ALL, painted.share(Kind.BY_HAND, 1));
		assertFalse(painted.hasSeals());
		assertEquals(half, half.mark(Kind.BY_HAND, i -> false));
		assertTrue(half.seal(i -> OptionalInt.of(9)).sealed(0, 9));
		assertFalse(half.seal(i -> OptionalInt.of(9)).sealed(1, 9), "what is observed as a whole needs none");
	}

	@Test
	void modelsAreNamedOnlyWhereTheyMayHaveTakenPart() {
		assertEquals(Set.of(), Provenance.observed(1, 1).gather(1, 1, i -> i).models());
		final Provenance made = Provenance.all(2, 1, Kind.GENERATED).withModels(Set.of("m"));
		assertEquals(new TreeSet<>(Set.of("m")), made.gather(1, 1, i -> 1).models());
	}

	@Test
	void originIsReadBack() {
		final PictureOrigin o =
			new PictureOrigin("a;b=c & ü", "sha256:00", "shown-sha256:11", Optional.of(Terms.TRAINED),
				List.of("A", "B;"), Optional.of("©"), Optional.of("x"), List.of("s"), Optional.of("C2PA"));
		assertEquals(o, PictureOrigin.parse(o.text()));
		assertEquals(PictureOrigin.NONE, PictureOrigin.parse("somebody else's"));
		assertEquals(PictureOrigin.NONE, PictureOrigin.parse(""));
	}
}
