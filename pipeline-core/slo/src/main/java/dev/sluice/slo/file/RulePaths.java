package dev.sluice.slo.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Files by paths in which the last part may be a pattern, as in {@code rules/*.yml}. */
public final class RulePaths {
    private RulePaths() {}

    /**
     * The files that match, by name; none if there is none, a pattern or not. Blocks.
     *
     * @param folder what relative paths start from
     */
    public static List<Path> matching(Path folder, String pattern) throws IOException {
        boolean glob = pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
        if (!glob) {
            Path file = folder.resolve(pattern);
            return Files.exists(file) ? List.of(file) : List.of();
        }
        int slash = pattern.lastIndexOf('/');
        Path parent = slash < 0 ? folder : folder.resolve(pattern.substring(0, Math.max(1, slash)));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
