package org.layerj.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A unit of length, as scale bars and image files name it. */
public enum LengthUnit {

	PICOMETRE("pm", 1e-12), ANGSTROM("Å", 1e-10, "\u212B", "angstrom", "angstroms"), NANOMETRE("nm", 1e-9, "nanometer",
		"nanometre"),
	/** Micro sign, Greek letter, or u for want of either. */
	MICROMETRE("µm", 1e-6, "μm", "um", "micron", "microns", "micrometer", "micrometre"), MILLIMETRE("mm", 1e-3,
		"millimeter", "millimetre"), CENTIMETRE("cm", 1e-2, "centimeter",
			"centimetre"), METRE("m", 1, "meter", "metre"), KILOMETRE("km", 1e3, "kilometer", "kilometre");

	private final String symbol;
	private final double metres;
	private final List<String> others;

	LengthUnit(final String symbol, final double metres, final String... others) {
		this.symbol = symbol;
		this.metres = metres;
		this.others = List.of(others);
	}

	/** As ImageJ writes it. */
	public String symbol() {
		return symbol;
	}

	public double metres() {
		return metres;
	}

	/** The unit of this symbol or English name; empty if it is no length known here. Case counts: Mm is no mm. */
	public static Optional<LengthUnit> of(final String name) {
		return Arrays.stream(values()).filter(u -> u.symbol.equals(name) || u.others.contains(name)).findFirst();
	}
}
