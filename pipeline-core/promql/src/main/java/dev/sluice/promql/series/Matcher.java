package dev.sluice.promql.series;

import dev.sluice.gotext.GoString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on one label. A label that is missing has the empty value. Immutable. */
public final class Matcher {
    private final MatchType type;
    private final String name;
    private final String value;
    private final @Nullable ValuePattern pattern;

    /** @throws com.google.re2j.PatternSyntaxException for a bad expression, with RE2's words */
    public Matcher(MatchType type, String name, String value) {
        this.type = type;
        this.name = name;
        this.value = value;
        this.pattern = type == MatchType.REGEX || type == MatchType.NOT_REGEX ? ValuePattern.compile(value) : null;
    }

    public static Matcher equal(String name, String value) {
        return new Matcher(MatchType.EQUAL, name, value);
    }

    public MatchType type() {
        return type;
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** Whether a label with this value satisfies the condition. */
    public boolean matches(String label) {
        return switch (type) {
            case EQUAL -> label.equals(value);
            case NOT_EQUAL -> !label.equals(value);
            case REGEX -> pattern != null && pattern.matches(label);
            case NOT_REGEX -> pattern != null && !pattern.matches(label);
        };
    }

    /** Whether the labels satisfy all the conditions. */
    static boolean allMatch(List<Matcher> matchers, Labels labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels.get(matcher.name()))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Matcher other && type == other.type && name.equals(other.name) && value.equals(other.value);
    }

    @Override
    public int hashCode() {
        return (type.sign().hashCode() * 31 + name.hashCode()) * 31 + value.hashCode();
    }

    @Override
    public String toString() {
        return (Names.legacy(name) ? name : GoString.quote(name)) + type.sign() + GoString.quote(value);
    }
}
