package org.layerj.text;

/**
 * A scale bar in a picture and what is written at it.
 *
 * @param text the number and unit as they were read
 * @param confidence 0 … 1, how sure the reading is: the least sure of the words
 * @param number above 0
 * @param unit what it counts
 * @param pixels length of the bar, to a fraction of a pixel; from middle to middle of its end ticks if it has such
 * @param bar where it stands; angle 0 if it is level, −π/2 if it is upright
 * @param words where number and unit stand
 */
public record ScaleBar(String text, double confidence, double number, LengthUnit unit, double pixels, Quad bar,
	Quad words)
{

	/** Length of a pixel's side in the bar's unit. */
	public double perPixel() {
		return number / pixels;
	}

	public boolean isLevel() {
		return bar.angle() == 0;
	}
}
