package org.layerj.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A unit of length, as scale bars and image files name it. */
public enum LengthUnit {

	/** 10⁻¹² m. */
	PICOMETRE("pm", 1e-12),
	/** 10⁻¹⁰ m. */
	ANGSTROM("Å", 1e-10, "\u212B", "angstrom", "angstroms"),
	/** 10⁻⁹ m. */
	NANOMETRE("nm", 1e-9, "nanometer", "nanometre"),
	/** 10⁻⁶ m; with micro sign, Greek letter or u. */
	MICROMETRE("µm", 1e-6, "μm", "um", "micron", "microns", "micrometer", "micrometre"),
	/** 10⁻³ m. */
	MILLIMETRE("mm", 1e-3, "millimeter", "millimetre"),
	/** 10⁻² m. */
	CENTIMETRE("cm", 1e-2, "centimeter", "centimetre"),
	/** The SI unit. */
	METRE("m", 1, "meter", "metre"),
	/** 10³ m. */
	KILOMETRE("km", 1e3, "kilometer", "kilometre");

	private final String symbol;
	private final double metres;
	private final List<String> others;

	LengthUnit(final String symbol, final double metres, final String... others) {
		this.symbol = symbol;
		this.metres = metres;
		this.others = List.of(others);
	}

	/** {@return the unit's symbol as ImageJ writes it} */
	public String symbol() {
		return symbol;
	}

	/** {@return the unit in metres} */
	public double metres() {
		return metres;
	}

	/**
	 * The unit with this symbol or English name. Case is significant: Mm is not mm.
	 *
	 * @param name symbol or English name
	 * @return empty if it is no known unit of length
	 */
	public static Optional<LengthUnit> of(final String name) {
		return Arrays.stream(values()).filter(u -> u.symbol.equals(name) || u.others.contains(name)).findFirst();
	}
}
