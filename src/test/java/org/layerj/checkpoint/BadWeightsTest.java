package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A weight file from the internet may say anything; the answer is one message and never a crash. */
class BadWeightsTest {

	@TempDir
	Path folder;
	private Path file;

	@BeforeEach
	void name() {
		file = folder.resolve("vae/diffusion_pytorch_model.safetensors");
	}

	private void rejected(final String... words) {
		final String message = Sentence.of(() -> Component.open(ModelFiles.folder(folder), "vae"), words);
		Sentence.check(message, "vae/diffusion_pytorch_model.safetensors", folder.toString());
	}

	private void rejectedHeader(final String header, final int data, final String... words) throws IOException {
		WeightFile.write(file, header, data);
		rejected(words);
	}

	@Test
	void aGoodFileIsRead() throws IOException {
		WeightFile.write(file,
			"{\"__metadata__\":{\"format\":\"pt\"},\"a\":" + WeightFile.entry("F32", "[2,3]", 0, 24) + ",\"none\":"
				+ WeightFile.entry("F32", "[0]", 24, 24) + ",\"scalar\":" + WeightFile.entry("BF16", "[]", 24, 26)
				+ "}   ",
			26);
		final Component c = Component.open(ModelFiles.folder(folder), "vae");
		assertEquals(3, c.names().size());
		assertArrayEquals(new long[] { 2, 3 }, c.info("a").shape());
		assertEquals(24, c.data("a").remaining());
		assertEquals(0, c.data("none").remaining());
		assertEquals(1, c.info("scalar").elements());
		Sentence.of(() -> c.info("b"), "lacks the tensor b in vae/");
	}

	@Test
	void whatIsChangedWhileItIsInUseIsRejected() throws IOException {
		WeightFile.write(file, "{\"a\":" + WeightFile.entry("F32", "[64,64]", 0, 16384) + "}", 16384);
		final ModelFiles files = ModelFiles.folder(folder);
		final Component c = Component.open(files, "vae");
		files.checkUnchanged();
		assertEquals(16384, c.data("a").remaining());
		final long size = Files.size(file);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.truncate(100);
		}
		Sentence.check(Sentence.of(() -> c.data("a"), "has been changed while it was in use",
			"(" + size + " bytes before, 100 now)"), file.toString());
		Sentence.of(files::checkUnchanged, "has been changed while it was in use");
		WeightFile.write(file, "{\"a\":" + WeightFile.entry("F32", "[64,64]", 0, 16384) + "}", 16384);
		Files.setLastModifiedTime(file, FileTime.fromMillis(1));
		Sentence.of(() -> c.data("a"), "has been changed while it was in use; run again");
	}

	@Test
	void missing() throws IOException {
		Files.createDirectory(folder.resolve("vae"));
		Sentence.of(() -> Component.open(ModelFiles.folder(folder), "vae"), "no weights in vae/");
		Sentence.of(() -> Component.openFile(ModelFiles.folder(folder), "prompt_embeds/blank.safetensors"),
			"lacks prompt_embeds/blank.safetensors");
	}

	@Test
	void aFolderInItsPlace() throws IOException {
		Files.createDirectories(file);
		Sentence.of(() -> Component.open(ModelFiles.folder(folder), "vae"), "no weights in vae/");
	}

	@Test
	void empty() throws IOException {
		Files.createDirectories(file.getParent());
		Files.createFile(file);
		rejected("damaged", "it is empty");
	}

	@Test
	void shorterThanTheLength() throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file, new byte[5]);
		rejected("only 5 bytes");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 100_000_001 })
	void wrongHeaderLength(final long length) throws IOException {
		WeightFile.write(file, length, "{}".getBytes(StandardCharsets.UTF_8), 100);
		rejected("damaged", "its header claims to have " + Long.toUnsignedString(length) + " bytes");
	}

	@Test
	void pointersOfGitLfs() throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123456789\n");
		rejected("is a Git LFS pointer in place of the weights; fetch them with git lfs pull");
	}

	@Test
	void headerLongerThanTheFile() throws IOException {
		WeightFile.write(file, 5000, "{}".getBytes(StandardCharsets.UTF_8), 100);
		rejected("it has 110 bytes, fewer than its header of 5000 bytes needs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>404</html>", "not json at all", "{\"a\":", "[]", "\"text\"", "42", "null", "{}{}",
		"{a:1}", "{'a':1}", "{} // comment", "version https://git-lfs" })
	void headerThatIsNoJsonObject(final String header) throws IOException {
		rejectedHeader(header, 4, "damaged", "its header is not valid JSON");
	}

	@Test
	void headerThatIsNoText() throws IOException {
		WeightFile.write(file, 6, new byte[] { '{', '"', (byte) 0xff, (byte) 0xfe, '"', '}' }, 4);
		rejected("it is not UTF-8 text");
	}

	@Test
	void deepNesting() throws IOException {
		final String deep = "[".repeat(2_000_000);
		rejectedHeader(deep, 4, "not valid JSON");
		rejectedHeader("{\"a\":" + deep, 4, "tensor a cannot be read");
		rejectedHeader("{\"__metadata__\":" + deep, 4, "not valid JSON");
		rejectedHeader("{\"__metadata__\":{\"x\":" + deep, 4, "not valid JSON");
		rejectedHeader("{\"a\":{\"dtype\":\"F32\",\"x\":" + deep, 4, "tensor a cannot be read");
		rejectedHeader("{\"a\":{\"shape\":" + deep, 4, "tensor a cannot be read");
	}

	@Test
	void duplicateKeys() throws IOException {
		final String entry = WeightFile.entry("F32", "[1]", 0, 4);
		rejectedHeader("{\"a\":" + entry + ",\"a\":" + entry + "}", 4, "lists the tensor a twice");
		rejectedHeader("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[2],\"data_offsets\":[0,4]}}", 4,
			"tensor a cannot be read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "[]", "{}", "null", "{\"dtype\":\"F32\",\"shape\":[1]}",
		"{\"dtype\":5,\"shape\":[1],\"data_offsets\":[0,4]}", "{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}",
		"{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}",
		"{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}",
		"{\"dtype\":\"F32\",\"shape\":[NaN],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[9223372036854775807],\"data_offsets\":[0,4]}",
		"{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}" })
	void unreadableEntry(final String entry) throws IOException {
		rejectedHeader("{\"a\":" + entry + "}", 4, "damaged", "a");
	}

	@Test
	void overlap() throws IOException {
		rejectedHeader(
			"{\"a\":" + WeightFile.entry("F32", "[2]", 0, 8) + ",\"b\":" + WeightFile.entry("F32", "[2]", 4, 12) + "}",
			12, "tensors a and b overlap");
		rejectedHeader(
			"{\"a\":" + WeightFile.entry("F32", "[2]", 0, 8) + ",\"b\":" + WeightFile.entry("F32", "[2]", 0, 8) + "}",
			8, "overlap");
	}

	@Test
	void gapsAndBytesOfNoTensor() throws IOException {
		rejectedHeader(
			"{\"a\":" + WeightFile.entry("F32", "[2]", 0, 8) + ",\"b\":" + WeightFile.entry("F32", "[1]", 12, 16) + "}",
			16, "hole of 4 bytes before tensor b");
		rejectedHeader("{\"a\":" + WeightFile.entry("F32", "[2]", 0, 8) + "}", 16, "its tensors end at byte");
	}

	@ParameterizedTest
	@CsvSource({ "0,8,4", "4096,4104,8", "9223372036854775799,9223372036854775807,8" })
	void outOfRange(final long begin, final long end, final int data) throws IOException {
		rejectedHeader("{\"a\":" + WeightFile.entry("F32", "[2]", begin, end) + "}", data, "damaged");
	}

	@Test
	void truncated() throws IOException {
		rejectedHeader("{\"a\":" + WeightFile.entry("F32", "[2]", 0, 8) + ",\"b\":"
			+ WeightFile.entry("F32", "[1000]", 8, 4008) + "}", 100, "tensor b would end at byte", "cut short");
	}

	@Test
	void reversed() throws IOException {
		rejectedHeader("{\"a\":" + WeightFile.entry("F32", "[2]", 8, 0) + "}", 8,
			"tensor a ends at byte 0, before it begins");
	}

	@Test
	void wrongTypeForTheShape() throws IOException {
		rejectedHeader("{\"a\":" + WeightFile.entry("F32", "[4]", 0, 8) + "}", 8,
			"tensor a has 8 bytes where its shape and type F32 need 16");
	}

	@Test
	void unknownType() throws IOException {
		rejectedHeader("{\"a\":" + WeightFile.entry("Q4_K", "[4]", 0, 8) + "}", 8, "tensor a", "unknown type Q4_K",
			"F32, F16 and BF16 are supported");
		rejectedHeader("{\"a\":" + WeightFile.entry("\\u0000\\n", "[4]", 0, 8) + "}", 8, "unknown type");
	}

	@Test
	void unusableNames() throws IOException {
		rejectedHeader("{\"a\\nb\":" + WeightFile.entry("F32", "[1]", 0, 4) + "}", 4, "unusable name");
		rejectedHeader("{\"\":" + WeightFile.entry("F32", "[1]", 0, 4) + "}", 4, "unusable name");
		rejectedHeader("{\"" + "x".repeat(100_000) + "\":" + WeightFile.entry("F32", "[1]", 0, 4) + "}", 4,
			"unusable name");
	}

	@Test
	void tensorOfMoreThanTwoGigabytes() throws IOException {
		WeightFile.write(file, "{\"a\":" + WeightFile.entry("F32", "[600000000]", 0, 2_400_000_000L) + "}", 0);
		try (java.io.RandomAccessFile f = new java.io.RandomAccessFile(file.toFile(), "rw")) {
			f.setLength(f.length() + 2_400_000_000L);
		}
		final Component c = Component.open(ModelFiles.folder(folder), "vae");
		Sentence.of(() -> c.data("a"), "larger than 2 GiB");
	}
}
