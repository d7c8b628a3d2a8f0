package dev.sluice.exporters.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts text that comes with the data in the place of the {@code *} in a path. Whatever the text, the result lies where the part before the
 * {@code *} says.
 *
 * <p>Source: the Collector's exporter, whose {@code path.Clean} and {@code path.Join} are {@link #clean} here.
 */
final class GroupPath {
    /** Linux's NAME_MAX and PATH_MAX, in bytes. */
    private static final int MAX_NAME = 255;

    private static final int MAX_PATH = 4095;

    private final String prefix;
    private final String suffix;

    GroupPath(String pattern) {
        int star = pattern.indexOf('*');
        String before = pattern.substring(0, star);
        String cleaned = clean(before);
        this.prefix = before.endsWith("/") && !cleaned.endsWith("/") ? cleaned + "/" : cleaned;
        this.suffix = pattern.substring(star + 1);
    }

    /** Throws {@link IllegalArgumentException} if there can be no file of the name. */
    Path of(String segment) {
        String relative = segment.startsWith("./")
                ? segment.substring(1)
                : segment.startsWith("../") ? segment.substring(2) : segment;
        String full = clean(prefix + relative + suffix);
        if (!full.startsWith(prefix)) {
            full = clean(prefix + clean("/" + relative + suffix));
        }
        check(full);
        try {
            return Path.of(full);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no file can have the name " + e.getMessage(), e);
        }
    }

    private static void check(String path) {
        boolean fits = path.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
        for (String name : path.split("/", -1)) {
            fits &= name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
        }
        if (!fits) {
            throw new IllegalArgumentException("no file can have a name as long as " + path);
        }
    }

    /** The shortest path that means the same, without looking at the disk; {@code ..} at the root is the root. */
    static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty() && !names.getLast().equals("..")) {
                    names.removeLast();
                } else if (!rooted) {
                    names.addLast(name);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        String joined = String.join("/", names);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
