package dev.sluice.engine.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Problems;
import dev.sluice.engine.config.RecordShape.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a configuration and everything nested in it what is wrong with it. */
final class Validation {
    private final ConfigProblems problems;

    Validation(ConfigProblems problems) {
        this.problems = problems;
    }

    void validate(Record record, List<String> path) {
        if (record instanceof Config config) {
            config.validate(new At(path));
        }
        nested(record, path);
    }

    private void nested(Record record, List<String> path) {
        RecordShape shape = RecordShape.of(record.getClass());
        Option enabled = shape.option("enabled");
        if (enabled != null && Boolean.FALSE.equals(enabled.of(record))) {
            return;
        }
        for (Option option : shape.options()) {
            value(option.of(record), option.squash() ? path : child(path, option.key()));
        }
    }

    private void value(@Nullable Object value, List<String> path) {
        switch (value) {
            case Record record when RecordShape.isConfig(record.getClass()) -> validate(record, path);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    value(list.get(i), child(path, Integer.toString(i)));
                }
            }
            case Map<?, ?> map -> map.forEach((key, item) -> value(item, child(path, String.valueOf(key))));
            case null -> {}
            default -> {}
        }
    }

    private static List<String> child(List<String> path, String key) {
        List<String> result = new ArrayList<>(path);
        result.add(key);
        return result;
    }

    /** The Collector's form: where the record is, by its keys, and what is wrong. */
    private final class At implements Problems {
        private final List<String> path;

        At(List<String> path) {
            this.path = path;
        }

        @Override
        public void add(String message) {
            problems.error(path, String.join("::", path) + ": " + message);
        }

        @Override
        public void at(String key, String message) {
            problems.error(place(key), String.join("::", path) + ": " + message);
        }

        @Override
        public void warn(String key, String message) {
            problems.warn(place(key), String.join("::", path) + ": " + message);
        }

        private List<String> place(String key) {
            List<String> place = new ArrayList<>(path);
            place.addAll(List.of(key.split("::")));
            return place;
        }
    }
}
