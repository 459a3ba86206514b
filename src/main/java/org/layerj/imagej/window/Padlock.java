package org.layerj.imagej.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import javax.swing.Icon;

/**
 * A padlock, closed, or open and faint.
 *
 * @param size width and height, pixels of the screen
 */
record Padlock(int size, boolean closed) implements Icon {

	@Override
	public int getIconWidth() {
		return size;
	}

	@Override
	public int getIconHeight() {
		return size;
	}

	@Override
	public void paintIcon(final Component component, final Graphics on, final int x, final int y) {
		final Graphics2D g = (Graphics2D) on.create();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.translate(x, y);
		g.scale(size / 14.0, size / 14.0);
		g.setColor(closed ? new Color(0x404040) : new Color(0xb8b8b8));
		g.fill(new Rectangle2D.Double(2, 6.5, 10, 7));
		g.setStroke(new BasicStroke(1.6f));
		// The shackle of an open one is turned aside.
		final double left = closed ? 4 : 8;
		g.draw(new Arc2D.Double(left, 1, 6, 7, 0, 180, Arc2D.OPEN));
		g.draw(new Line2D.Double(left + (closed ? 6 : 0), 4.5, left + (closed ? 6 : 0), 6.5));
		if (closed) g.draw(new Line2D.Double(left, 4.5, left, 6.5));
		g.dispose();
	}
}
