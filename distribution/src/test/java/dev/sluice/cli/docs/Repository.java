package dev.sluice.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that tests read and, with {@code -Dupdate=true}, write. */
public final class Repository {
    private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));

    private Repository() {}

    public static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** Data beside the checkout; not there in a clone that stands alone. */
    static Path shared(String path) {
        return Path.of(System.getProperty("sluice.shared", "../shared")).resolve(path);
    }

    /** Holds a generated file against what would be generated now. */
    static void holds(String path, String text) throws IOException {
        Path file = file(path);
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .withFailMessage("%s is missing: run the tests with -Dupdate=true", path)
                .exists();
        assertThat(Files.readString(file))
                .as("%s is generated; write it anew with -Dupdate=true", path)
                .isEqualTo(text);
    }

    /** The same for the part of a file between {@code <!-- name -->} and {@code <!-- /name -->}, each on a line of its own. */
    static void holds(String path, String name, String text) throws IOException {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- /" + name + " -->";
        String all = Files.readString(file(path));
        int from = all.indexOf(begin);
        int to = all.indexOf(end);
        assertThat(from).as("%s has a line %s", path, begin.strip()).isNotNegative();
        assertThat(to).as("%s has a line %s", path, end).isGreaterThan(from);
        holds(path, all.substring(0, from) + begin + text + all.substring(to));
    }
}
