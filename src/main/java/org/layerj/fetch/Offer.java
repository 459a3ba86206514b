package org.layerj.fetch;

import java.net.URI;
import java.util.List;

/**
 * What a hub has of a model: to be shown before anything is fetched.
 *
 * @param repository its name there, {@code owner/name}
 * @param revision the version that is fetched, whatever the hub gets meanwhile
 * @param license as the hub says; empty if it does not
 * @param page where people can read about the model and its licence
 * @param files those that are of use here
 */
public record Offer(String repository, String revision, String license, URI page, List<RemoteFile> files) {

	public Offer {
		files = List.copyOf(files);
	}
}
