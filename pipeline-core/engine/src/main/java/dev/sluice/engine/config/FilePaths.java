package dev.sluice.engine.config;

import dev.sluice.api.config.BesideFile;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths that start from where they are written: see {@link BesideFile}. */
final class FilePaths {
    private FilePaths() {}

    /** @param node what the paths were read from */
    static List<String> resolved(List<String> paths, ConfigNode node) {
        List<String> resolved = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            ConfigNode written =
                    node.plain() instanceof ListNode list ? list.items().get(i) : node;
            resolved.add(resolved(paths.get(i), written.mark().source()));
        }
        return resolved;
    }

    /** @param node what the path was read from */
    static String resolved(String path, ConfigNode node) {
        return resolved(path, node.mark().source());
    }

    private static String resolved(String path, SourceText source) {
        Path folder = source.file() ? Path.of(source.name()).getParent() : null;
        return folder == null || path.isEmpty()
                ? path
                : folder.resolve(path).normalize().toString();
    }
}
