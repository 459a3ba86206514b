package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDefaultsTest {

	@TempDir
	Path folder;

	private ModelDefaults read(final String json) throws IOException {
		Files.writeString(folder.resolve("decompose.json"), json);
		return ModelDefaults.read(ModelFiles.folder(folder));
	}

	@Test
	void withoutTheFileTheOfficialValuesHold() {
		assertEquals(new ModelDefaults("Qwen-Image-Layered", "", 640, List.of(640, 1024), 50, 4, 4, 20, "Apache-2.0"),
			ModelDefaults.read(ModelFiles.folder(folder)));
	}

	@Test
	void whatTheFileSays() throws IOException {
		assertEquals(new ModelDefaults("Small", "3", 128, List.of(128, 256), 4, 1, 3, 5, "BSD-2-Clause"),
			read("{\"name\":\"Small\",\"version\":\"3\",\"resolution\":128,"
				+ "\"resolutions\":[256,128],\"steps\":4,\"guidance\":1.0,\"layers\":3,\"max_layers\":5,\"license\":\"BSD-2-Clause\",\"unknown\":[]}"));
	}

	@Test
	void whatTheFileLeavesOut() throws IOException {
		assertEquals(new ModelDefaults("Qwen-Image-Layered", "", 640, List.of(640, 1024), 50, 1, 4, 20, ""),
			read("{}"));
		assertEquals(List.of(256), read("{\"resolution\":256}").resolutions());
		assertEquals(2, read("{\"max_layers\":2}").layers());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "{\"resolution\":0}|resolution", "{\"resolution\":100}|multiples of 32",
			"{\"resolution\":128,\"resolutions\":[256]}|resolution", "{\"resolutions\":[]}|resolutions",
			"{\"resolutions\":640}|resolutions", "{\"resolutions\":[640,99968]}|resolutions", "{\"steps\":0}|steps",
			"{\"steps\":100000}|steps", "{\"guidance\":-1}|guidance", "{\"region_vote\":false}|value of region_vote",
			"{\"revise\":0}|value of revise", "{\"revise\":0.3}|remove that key", "{\"guidance\":\"4\"}|guidance",
			"{\"layers\":0}|layers", "{\"layers\":6,\"max_layers\":5}|layers", "{\"max_layers\":30}|max_layers",
			"{\"name\":5}|name", "[]|not valid JSON", "{|not valid JSON" })
	void wrongValues(final String json, final String words) {
		Sentence.of(() -> read(json), "decompose.json", words);
	}
}
