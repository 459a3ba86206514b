package org.layerj.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.remote.ServerTesting.message;
import static org.layerj.remote.ServerTesting.picture;
import static org.layerj.remote.ServerTesting.request;
import static org.layerj.remote.ServerTesting.same;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.remote.ServerTesting.Noted;

/** Servers behind a proxy that speaks https, with questions and websocket alike. */
@Timeout(300)
class EncryptedTest {

	private static final char[] PASSWORD = "changeit".toCharArray();

	@TempDir
	Path dir;

	private SSLContext before;

	@BeforeEach
	void remember() throws Exception {
		before = SSLContext.getDefault();
	}

	@AfterEach
	void restore() {
		SSLContext.setDefault(before);
	}

	/** A key and its certificate for a host, self-signed. */
	private KeyStore certificate(final String host) throws Exception {
		final Path file = dir.resolve("keys-" + host.replace(':', '-'));
		final Process keytool =
			new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
				"-alias", "server", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
				new String(PASSWORD), "-dname", "CN=test", "-ext", "san=" + host, "-validity", "2")
				.redirectErrorStream(true)
				.start();
		keytool.getInputStream().readAllBytes();
		assertEquals(0, keytool.waitFor());
		final KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			keys.load(in, PASSWORD);
		}
		return keys;
	}

	/** Makes this Java trust a certificate. */
	private static void trust(final KeyStore keys) throws Exception {
		final KeyStore known = KeyStore.getInstance("PKCS12");
		known.load(null, null);
		known.setCertificateEntry("server", keys.getCertificate("server"));
		final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(known);
		final SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		SSLContext.setDefault(context);
	}

	/** Stands before a server and takes the encryption off. */
	private static final class Proxy implements AutoCloseable {

		private final SSLServerSocket front;
		private final List<Socket> open = new CopyOnWriteArrayList<>();
		private final int behind;

		Proxy(final KeyStore keys, final int behind) throws Exception {
			this.behind = behind;
			final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			factory.init(keys, PASSWORD);
			final SSLContext context = SSLContext.getInstance("TLS");
			context.init(factory.getKeyManagers(), null, null);
			front = (SSLServerSocket) context.getServerSocketFactory()
				.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
			daemon(this::accept);
		}

		private static void daemon(final Runnable work) {
			final Thread thread = new Thread(work, "proxy in a test");
			thread.setDaemon(true);
			thread.start();
		}

		private void accept() {
			try {
				while (true) {
					final Socket client = front.accept();
					final Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
					open.add(client);
					open.add(server);
					daemon(() -> copy(client, server));
					daemon(() -> copy(server, client));
				}
			}
			catch (final IOException e) {
				// Closed.
			}
		}

		private static void copy(final Socket from, final Socket to) {
			try (from; to) {
				from.getInputStream().transferTo(to.getOutputStream());
			}
			catch (final IOException e) {
				// Cut, or a client that does not trust us.
			}
		}

		String address() {
			return "https://127.0.0.1:" + front.getLocalPort() + "?poll=0.01&connect=20&answer=30&timeout=60";
		}

		@Override
		public void close() throws IOException {
			front.close();
			for (final Socket s : open) s.close();
		}
	}

	@Test
	void picturesGoEncryptedAndNewsComeSo() throws Exception {
		final KeyStore keys = certificate("ip:127.0.0.1");
		try (FakeComfyUi server = new FakeComfyUi(); Proxy proxy = new Proxy(keys, server.port())) {
			trust(keys);
			final ServerAddress address = ServerAddress.of(proxy.address());
			final LayerServer comfy =
				Servers.open(address, Map.of(Credentials.VARIABLE, address.origin() + " basic ada hunter2"));
			// The job ends once its progress has come, however busy the machine is.
			server.gate = new Semaphore(0);
			final Noted noted = new Noted() {

				@Override
				public void update(final double fraction, final String message) {
					super.update(fraction, message);
					if (message.equals("KSampler, step 1 of 3")) server.gate.release();
				}
			};
			same(TestServer.layers(picture(), 2), comfy.layers(request(2), noted));
			assertTrue(noted.reported.contains("denoise 33 KSampler, step 1 of 3"), noted.reported::toString);
			assertEquals(List.of("Basic YWRhOmh1bnRlcjI="), server.listeningAs());
			assertEquals(List.of("Basic YWRhOmh1bnRlcjI="), server.authorizations.stream().distinct().toList());
		}
		try (FakeOpenAi server = new FakeOpenAi("vllm"); Proxy proxy = new Proxy(keys, server.port())) {
			same(TestServer.layers(picture(), 2), ServerTesting.run(proxy.address(), 2));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ip:127.0.0.1", "dns:other.example" })
	void certificatesThatAreNotTrustedOrAnotherHostsAreRejected(final String host) throws Exception {
		final KeyStore keys = certificate(host);
		try (FakeComfyUi server = new FakeComfyUi(); Proxy proxy = new Proxy(keys, server.port())) {
			// A host's own is not known to this Java, another's is.
			if (host.startsWith("dns")) trust(keys);
			final String said = message(() -> ServerTesting.open(proxy.address()));
			assertTrue(said.contains("has no certificate that this Java trusts"), said);
			assertEquals(List.of(), server.requests, "nothing was said before");
		}
	}

	@Test
	void whatDoesNotSpeakHttpsIsSaid() throws Exception {
		try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Proxy.daemon(() -> {
				try {
					while (true) {
						try (Socket client = plain.accept()) {
							client.getInputStream().read(new byte[100]);
							client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
						}
					}
				}
				catch (final IOException e) {
					// Closed.
				}
			});
			final String said = message(() -> ServerTesting
				.open("https://127.0.0.1:" + plain.getLocalPort() + "?poll=0.01&connect=20&answer=30"));
			assertTrue(said.contains("does not speak https"), said);
		}
	}
}
