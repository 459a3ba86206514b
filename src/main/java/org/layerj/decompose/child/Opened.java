package org.layerj.decompose.child;

import java.util.List;
import org.layerj.decompose.ModelInfo;

/** What the child says of the model that it has opened: what it is, and sentences on what in it is passed over. */
record Opened(ModelInfo info, List<String> notes) {}
