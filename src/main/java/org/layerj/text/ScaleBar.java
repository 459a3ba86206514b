package org.layerj.text;

/**
 * A scale bar and its label.
 *
 * @param text the number and unit as they were read
 * @param confidence 0 … 1, the lowest of its words
 * @param number above 0
 * @param unit of the number
 * @param pixels length of the bar, to a fraction of a pixel; from middle to middle of its end ticks if it has such
 * @param bar its place; angle 0 if horizontal, −π/2 if vertical
 * @param words place of number and unit
 */
public record ScaleBar(String text, double confidence, double number, LengthUnit unit, double pixels, Quad bar,
	Quad words)
{

	/** {@return the size of a pixel in the bar's unit} */
	public double perPixel() {
		return number / pixels;
	}

	/** {@return whether the bar is horizontal} */
	public boolean isLevel() {
		return bar.angle() == 0;
	}
}
