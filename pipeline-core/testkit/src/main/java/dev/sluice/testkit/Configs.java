package dev.sluice.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations of tests, in the words of a configuration file. */
public final class Configs {
    private Configs() {}

    /**
     * The record with some values set: a path such as {@code protocols::http::endpoint} and a value in turn. Throws {@link IllegalArgumentException}
     * if there is no such key.
     */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R with(R config, @Nullable Object... options) {
        Object changed = config;
        for (int i = 0; i < options.length; i += 2) {
            changed = ConfigRecords.with(changed, String.valueOf(options[i]), options[i + 1]);
        }
        return (R) changed;
    }

    /** All that the record and those within it say is wrong, each {@code path: message}. */
    public static List<String> problems(Record config) {
        List<String> problems = new ArrayList<>();
        ConfigRecords.problems(config, "", problems);
        return problems;
    }
}
