package dev.sluice.engine.telemetry;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Takes the names that some pattern includes, or all where none is given, less those that a pattern excludes. */
final class NamePatterns {
    private final Predicate<String> included;
    private final Predicate<String> excluded;

    NamePatterns(List<String> included, List<String> excluded) {
        this.included = included.isEmpty() ? _ -> true : any(included);
        this.excluded = any(excluded);
    }

    boolean take(String name) {
        return included.test(name) && !excluded.test(name);
    }

    private static Predicate<String> any(List<String> patterns) {
        List<Pattern> compiled = patterns.stream().map(NamePatterns::compile).toList();
        return name ->
                compiled.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** {@code *} stands for any characters, {@code ?} for any one. */
    private static Pattern compile(String text) {
        StringBuilder regex = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
