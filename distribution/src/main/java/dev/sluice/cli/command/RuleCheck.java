package dev.sluice.cli.command;

import dev.sluice.gotext.GoFileError;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.slo.file.DuplicateRules;
import dev.sluice.slo.file.RuleFile;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks rule files and prints of each what is wrong, in promtool's words where it has some. Source: prometheus cmd/promtool, CheckRules. */
final class RuleCheck {
    static final String DUPLICATES = "duplicate-rules";

    private static final int ERRORS = 1;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean duplicates;
    private final List<RuleFile> right = new ArrayList<>();
    private boolean errors;
    private boolean lints;

    /** @param lint names, with commas between them */
    RuleCheck(String lint, PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        boolean found = false;
        for (String name : lint.isEmpty() ? new String[0] : lint.split(",", -1)) {
            switch (name) {
                case "all", DUPLICATES -> found = true;
                case "none" -> {}
                default -> out.println("WARNING: unknown lint option: \"" + name + "\"");
            }
        }
        duplicates = found;
    }

    void file(Path file) {
        source(file.toString(), () -> Files.readString(file));
    }

    void standardInput() {
        source("standard input", () -> new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }

    private interface Text {
        String read() throws IOException;
    }

    private void source(String name, Text text) {
        out.println("Checking " + name);
        try {
            check(name, text.read());
        } catch (IOException e) {
            fail(name + ": " + GoFileError.reason(e));
            errors = true;
        }
        out.println();
    }

    private void check(String name, String text) {
        RuleFileReader.Result result = RuleFileReader.read(name, text, RuleFileReader.INTERVAL, QueryOptions.DEFAULT);
        if (!result.problems().isEmpty()) {
            fail(result.problems().stream().map(Problem::render).toArray(String[]::new));
            errors = true;
            return;
        }
        right.add(result.file());
        Optional<DuplicateRules> found = duplicates ? DuplicateRules.of(result.file()) : Optional.empty();
        if (found.isPresent()) {
            fail("lint error " + found.get());
            lints = true;
        } else {
            out.printf("  SUCCESS: %d rules found%n", result.file().rules());
        }
    }

    private void fail(String... lines) {
        // Both may go to one terminal.
        out.flush();
        err.println("  FAILED:");
        for (String line : lines) {
            err.println(line);
        }
        err.flush();
    }

    /** The files without errors. */
    List<RuleFile> right() {
        return right;
    }

    /** @param fatal whether what is no error counts */
    int code(boolean fatal) {
        if (errors) {
            return ERRORS;
        }
        return lints && fatal ? CommandGroup.SAID_NO : 0;
    }
}
