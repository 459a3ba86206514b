package org.layerj.remote;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;

/** An exchange whose answer is lost. */
final class Lost extends HttpExchange {

	private final HttpExchange asked;

	Lost(final HttpExchange asked) {
		this.asked = asked;
	}

	@Override
	public Headers getRequestHeaders() {
		return asked.getRequestHeaders();
	}

	@Override
	public Headers getResponseHeaders() {
		return new Headers();
	}

	@Override
	public URI getRequestURI() {
		return asked.getRequestURI();
	}

	@Override
	public String getRequestMethod() {
		return asked.getRequestMethod();
	}

	@Override
	public HttpContext getHttpContext() {
		return asked.getHttpContext();
	}

	@Override
	public void close() {}

	@Override
	public InputStream getRequestBody() {
		return asked.getRequestBody();
	}

	@Override
	public OutputStream getResponseBody() {
		return OutputStream.nullOutputStream();
	}

	@Override
	public void sendResponseHeaders(final int code, final long length) {}

	@Override
	public InetSocketAddress getRemoteAddress() {
		return asked.getRemoteAddress();
	}

	@Override
	public int getResponseCode() {
		return 0;
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		return asked.getLocalAddress();
	}

	@Override
	public String getProtocol() {
		return asked.getProtocol();
	}

	@Override
	public Object getAttribute(final String name) {
		return asked.getAttribute(name);
	}

	@Override
	public void setAttribute(final String name, final Object value) {}

	@Override
	public void setStreams(final InputStream in, final OutputStream out) {}

	@Override
	public HttpPrincipal getPrincipal() {
		return asked.getPrincipal();
	}
}
