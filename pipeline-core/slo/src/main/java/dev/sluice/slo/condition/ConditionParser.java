package dev.sluice.slo.condition;

import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads comparisons joined by {@code and}: the part of OTTL's grammar that is accepted. */
final class ConditionParser {
    private static final String LATER = "; OTTL is not there yet: conditions are comparisons joined by \"and\"";

    /** The names that OTTL has for numbers. Those of severities go on in fours, from TRACE, TRACE2 on. */
    private static final Map<String, Integer> CONSTANTS = Map.ofEntries(
            Map.entry("STATUS_CODE_UNSET", 0),
            Map.entry("STATUS_CODE_OK", 1),
            Map.entry("STATUS_CODE_ERROR", 2),
            Map.entry("SPAN_KIND_UNSPECIFIED", 0),
            Map.entry("SPAN_KIND_INTERNAL", 1),
            Map.entry("SPAN_KIND_SERVER", 2),
            Map.entry("SPAN_KIND_CLIENT", 3),
            Map.entry("SPAN_KIND_PRODUCER", 4),
            Map.entry("SPAN_KIND_CONSUMER", 5),
            Map.entry("SEVERITY_NUMBER_UNSPECIFIED", 0),
            Map.entry("SEVERITY_NUMBER_TRACE", 1),
            Map.entry("SEVERITY_NUMBER_DEBUG", 5),
            Map.entry("SEVERITY_NUMBER_INFO", 9),
            Map.entry("SEVERITY_NUMBER_WARN", 13),
            Map.entry("SEVERITY_NUMBER_ERROR", 17),
            Map.entry("SEVERITY_NUMBER_FATAL", 21));

    private final String text;
    private final Signal signal;
    private int at;

    ConditionParser(String text, Signal signal) {
        this.text = text;
        this.signal = signal;
    }

    List<Comparison> condition() throws ConditionException {
        List<Comparison> comparisons = new ArrayList<>();
        do {
            comparisons.add(new Comparison(path(), operator(), literal()));
        } while (and());
        return comparisons;
    }

    /** An attribute and nothing else. */
    Path.Attribute attribute() throws ConditionException {
        int start = skipSpace();
        if (!(path() instanceof Path.Attribute attribute)) {
            throw new ConditionException(start, "expected \"duration\" or an attribute such as attributes[\"key\"]");
        }
        end("an attribute and nothing else");
        return attribute;
    }

    private boolean and() throws ConditionException {
        int start = skipSpace();
        if (at == text.length()) {
            return false;
        }
        if (!word().equals("and")) {
            at = start;
            throw unexpected("\"and\" or the end");
        }
        return true;
    }

    private Path path() throws ConditionException {
        int start = skipSpace();
        String name = word();
        String own = signal == Signal.TRACES ? "span." : "log.";
        name = name.startsWith(own) ? name.substring(own.length()) : name;
        if (name.equals("attributes") || name.equals("resource.attributes")) {
            expect("[");
            String key = string();
            expect("]");
            if (key.isEmpty()) {
                throw new ConditionException(start, "an attribute has a key");
            }
            return new Path.Attribute(name.startsWith("resource"), key);
        }
        Path.Field field = Path.Field.of(name, signal);
        if (field == null) {
            at = start;
            throw unexpected(
                    signal == Signal.TRACES
                            ? "attributes[\"key\"], resource.attributes[\"key\"], name, kind or status.code"
                            : "attributes[\"key\"], resource.attributes[\"key\"] or severity_number");
        }
        return field;
    }

    private Operator operator() throws ConditionException {
        skipSpace();
        for (Operator operator : Operator.values()) {
            if (text.startsWith(operator.sign(), at)) {
                at += operator.sign().length();
                return operator;
            }
        }
        throw unexpected("==, !=, <, <=, > or >=");
    }

    private Literal literal() throws ConditionException {
        int start = skipSpace();
        if (at < text.length() && text.charAt(at) == '"') {
            return new Literal.Text(string());
        }
        String word = word();
        return switch (word) {
            case "true", "false" -> new Literal.Truth(word.equals("true"));
            case "nil" -> new Literal.Nil();
            default -> {
                Integer constant = constant(word);
                at = constant == null ? start : at;
                yield new Literal.Numeric(constant == null ? number() : constant);
            }
        };
    }

    private static @Nullable Integer constant(String word) {
        Integer known = CONSTANTS.get(word);
        boolean numbered = known == null && word.startsWith("SEVERITY_NUMBER_") && word.matches(".*[A-Z][2-4]");
        Integer first = numbered ? CONSTANTS.get(word.substring(0, word.length() - 1)) : known;
        return numbered && first != null ? Integer.valueOf(first + word.charAt(word.length() - 1) - '1') : first;
    }

    private double number() throws ConditionException {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException e) {
            at = start;
            throw unexpected("a text in quotes, a number, true, false, nil or a name such as STATUS_CODE_ERROR");
        }
    }

    private String string() throws ConditionException {
        skipSpace();
        int start = at;
        expect("\"");
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
                content.append(escaped());
            } else {
                content.append(text.charAt(at));
            }
            at++;
        }
        if (at == text.length()) {
            throw new ConditionException(start, "the text has no end: a quote is missing");
        }
        at++;
        return content.toString();
    }

    private char escaped() throws ConditionException {
        char escape = at < text.length() ? text.charAt(at) : ' ';
        return switch (escape) {
            case '"', '\\' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> throw new ConditionException(at - 1, "no such escape; there are \\\", \\\\, \\n and \\t");
        };
    }

    /** Letters, digits, underscores and dots; empty if there are none. */
    private String word() {
        int start = skipSpace();
        while (at < text.length() && wordly(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean wordly(char c) {
        return c == '_' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private void expect(String sign) throws ConditionException {
        skipSpace();
        if (!text.startsWith(sign, at)) {
            throw unexpected(sign.equals("\"") ? "a text in quotes" : sign);
        }
        at += sign.length();
    }

    private void end(String wanted) throws ConditionException {
        if (skipSpace() < text.length()) {
            throw unexpected(wanted);
        }
    }

    private int skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private ConditionException unexpected(String wanted) {
        int offset = skipSpace();
        String found = word();
        at = offset;
        if (offset == text.length()) {
            return new ConditionException(offset, "expected " + wanted + ", found the end");
        }
        String shown = found.isEmpty() ? text.substring(offset, offset + 1) : found;
        boolean ottl = shown.equals("(") || shown.equals("or") || shown.equals("not") || startsFunction(found);
        return new ConditionException(offset, "expected " + wanted + ", found \"" + shown + "\"" + (ottl ? LATER : ""));
    }

    /** Functions of OTTL have a capital first. */
    private static boolean startsFunction(String word) {
        return !word.isEmpty()
                && !word.substring(0, 1).equals(word.substring(0, 1).toLowerCase(Locale.ROOT));
    }
}
