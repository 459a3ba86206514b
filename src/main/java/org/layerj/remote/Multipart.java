package org.layerj.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A form with files ({@code multipart/form-data}, RFC 7578), as a browser would send it. */
final class Multipart {

	private final String boundary = "layerj-" + UUID.randomUUID();
	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	/** @param name plain ASCII, ours */
	Multipart field(final String name, final String value) {
		text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
			+ "\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + value + "\r\n");
		return this;
	}

	/** @param file name of the file, plain ASCII, ours */
	Multipart png(final String name, final String file, final byte[] bytes) {
		text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file
			+ "\"\r\nContent-Type: image/png\r\n\r\n");
		body.writeBytes(bytes);
		text("\r\n");
		return this;
	}

	private void text(final String text) {
		body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	String type() {
		return "multipart/form-data; boundary=" + boundary;
	}

	byte[] bytes() {
		final ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.writeBytes(body.toByteArray());
		all.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
		return all.toByteArray();
	}
}
