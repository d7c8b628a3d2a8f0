package dev.sluice.slo.lint;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Series;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a selector that matches nothing may have meant. */
final class Nearest {
    /** Names that share less of their words are of something else. */
    private static final double ENOUGH = 0.5;

    private Nearest() {}

    /** A sentence about the nearest series, to go behind what is wrong. */
    static String to(List<Matcher> matchers, Collection<Series> all) {
        String name = name(matchers);
        List<Series> named = all.stream()
                .filter(series -> series.labels().metricName().equals(name))
                .toList();
        if (!named.isEmpty()) {
            return labels(matchers, named);
        }
        return all.stream()
                .map(series -> series.labels().metricName())
                .distinct()
                .filter(other -> likeness(name, other) >= ENOUGH)
                .max(Comparator.<String>comparingDouble(other -> likeness(name, other))
                        .thenComparing(Comparator.reverseOrder()))
                .map(other -> "no series has the name " + name + "; the nearest is " + other + advice(name, other))
                .orElse("no series has the name " + name + ", nor one like it");
    }

    private static String name(List<Matcher> matchers) {
        return matchers.stream()
                .filter(matcher -> matcher.name().equals(Labels.NAME) && matcher.type() == MatchType.EQUAL)
                .map(Matcher::value)
                .findFirst()
                .orElse("");
    }

    private static String labels(List<Matcher> matchers, List<Series> named) {
        Series nearest = named.stream()
                .max(Comparator.comparingLong(series -> matchers.stream()
                        .filter(matcher -> matcher.matches(series.labels().get(matcher.name())))
                        .count()))
                .orElseThrow();
        return matchers.stream()
                .filter(matcher -> !matcher.matches(nearest.labels().get(matcher.name())))
                .map(matcher -> matcher + " is wanted, and the nearest series has "
                        + (nearest.labels().get(matcher.name()).isEmpty()
                                ? "no label " + matcher.name()
                                : matcher.name() + "=\"" + nearest.labels().get(matcher.name()) + "\""))
                .collect(Collectors.joining("; "));
    }

    /** The share of words that both names have. */
    static double likeness(String a, String b) {
        Set<String> one = words(a);
        Set<String> both = new HashSet<>(one);
        both.retainAll(words(b));
        Set<String> any = new HashSet<>(one);
        any.addAll(words(b));
        return (double) both.size() / any.size();
    }

    private static Set<String> words(String name) {
        return new HashSet<>(Arrays.asList(name.split("_", -1)));
    }

    private static String advice(String wanted, String found) {
        if (words(wanted).contains("seconds") && words(found).contains("milliseconds")) {
            return ": it is recorded in milliseconds, so record seconds";
        }
        if (words(wanted).contains("seconds") && words(found).stream().noneMatch(word -> word.endsWith("seconds"))) {
            return ": it has no unit, so give it the unit s";
        }
        return ": an entry of metric_aliases gives it the other name too";
    }
}
