package dev.sluice.promql.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.text.GoReplacement;
import dev.sluice.promql.text.PrometheusDuration;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions of Go's templates and of Prometheus that need nothing but their arguments. */
final class TemplateFunctions {
    private static final Map<String, TemplateFunction> ALL = new HashMap<>();
    private static final double NANOS = 1e9;

    static {
        addComparisons();
        addTexts();
        addNumbers();
        addSamples();
        addLinks();
    }

    private TemplateFunctions() {}

    static Map<String, TemplateFunction> all() {
        return ALL;
    }

    private static void addComparisons() {
        // "and" and "or" evaluate no more arguments than they need, so the run itself calls them.
        ALL.put("and", TemplateFunction.variadic(a -> null, Object.class, Object.class));
        ALL.put("or", TemplateFunction.variadic(a -> null, Object.class, Object.class));
        ALL.put("not", TemplateFunction.of(a -> !Values.truth(a.any(0)), Object.class));
        ALL.put("eq", TemplateFunction.variadic(TemplateFunctions::equal, Object.class, Object.class));
        ALL.put("ne", TemplateFunction.of(a -> !Values.equal(a.any(0), a.any(1)), Object.class, Object.class));
        ALL.put("lt", TemplateFunction.of(a -> Values.less(a.any(0), a.any(1)), Object.class, Object.class));
        ALL.put("ge", TemplateFunction.of(a -> !Values.less(a.any(0), a.any(1)), Object.class, Object.class));
        ALL.put("gt", TemplateFunction.of(a -> !lessOrEqual(a), Object.class, Object.class));
        ALL.put("le", TemplateFunction.of(TemplateFunctions::lessOrEqual, Object.class, Object.class));
    }

    private static boolean lessOrEqual(TemplateFunction.Arguments a) {
        return Values.less(a.any(0), a.any(1)) || Values.equal(a.any(0), a.any(1));
    }

    private static boolean equal(TemplateFunction.Arguments a) {
        if (a.size() < 2) {
            throw new TemplateException("missing argument for comparison");
        }
        for (int i = 1; i < a.size(); i++) {
            if (Values.equal(a.any(0), a.any(i))) {
                return true;
            }
        }
        return false;
    }

    private static void addTexts() {
        ALL.put("print", TemplateFunction.variadic(a -> GoFormat.print(a.values()), Object.class));
        ALL.put("println", TemplateFunction.variadic(TemplateFunctions::printLine, Object.class));
        ALL.put(
                "printf",
                TemplateFunction.variadic(
                        a -> GoFormat.format(a.string(0), a.values().subList(1, a.size())),
                        String.class,
                        Object.class));
        ALL.put("toUpper", TemplateFunction.of(a -> a.string(0).toUpperCase(Locale.ROOT), String.class));
        ALL.put("toLower", TemplateFunction.of(a -> a.string(0).toLowerCase(Locale.ROOT), String.class));
        ALL.put("title", TemplateFunction.of(a -> title(a.string(0)), String.class));
        ALL.put("safeHtml", TemplateFunction.of(a -> a.string(0), String.class));
        ALL.put(
                "match",
                TemplateFunction.of(
                        a -> pattern(a.string(0)).matcher(a.string(1)).find(), String.class, String.class));
        ALL.put(
                "reReplaceAll",
                TemplateFunction.of(
                        a -> GoReplacement.all(pattern(a.string(0)), a.string(1), a.string(2)),
                        String.class,
                        String.class,
                        String.class));
        ALL.put("stripPort", TemplateFunction.of(a -> HostNames.stripPort(a.string(0)), String.class));
        ALL.put("stripDomain", TemplateFunction.of(a -> HostNames.stripDomain(a.string(0)), String.class));
        ALL.put("html", TemplateFunction.variadic(a -> Escapes.html(GoFormat.print(a.values())), Object.class));
        ALL.put("js", TemplateFunction.variadic(a -> Escapes.js(GoFormat.print(a.values())), Object.class));
        ALL.put("slice", TemplateFunction.variadic(TemplateFunctions::slice, Object.class, Object.class));
        ALL.put("call", TemplateFunction.variadic(TemplateFunctions::call, Object.class, Object.class));
        ALL.put("len", TemplateFunction.of(a -> length(a.any(0)), Object.class));
        ALL.put("index", TemplateFunction.variadic(TemplateFunctions::index, Object.class, Object.class));
    }

    private static String printLine(TemplateFunction.Arguments a) {
        List<String> texts = new ArrayList<>();
        for (Object value : a.values()) {
            texts.add(Values.text(value));
        }
        return String.join(" ", texts) + "\n";
    }

    private static Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        }
    }

    /** Words begin after what is neither letter nor digit, nor an apostrophe or an underscore. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inside ? c : Character.toTitleCase(c));
            inside = Character.isLetterOrDigit(c) || c == '_' || (inside && (c == '\'' || c == '.'));
        }
        return out.toString();
    }

    private static long length(@Nullable Object value) {
        return switch (value) {
            case String s -> GoString.utf8Length(s, s.length());
            case Collection<?> c -> c.size();
            case Map<?, ?> m -> m.size();
            case null -> throw new TemplateException("len of nil pointer");
            default -> throw new TemplateException("len of type " + Values.type(value));
        };
    }

    private static @Nullable Object index(TemplateFunction.Arguments a) {
        Object item = a.any(0);
        for (int i = 1; i < a.size(); i++) {
            Object key = a.any(i);
            item = switch (item) {
                case null -> throw new TemplateException("index of untyped nil");
                case Map<?, ?> map -> {
                    if (!(key instanceof String)) {
                        throw new TemplateException("value has type " + Values.type(key) + "; should be string");
                    }
                    Object found = map.get(key);
                    yield found == null && map instanceof LabelMap ? "" : found;
                }
                case List<?> list -> list.get(position(key, list.size()));
                case String s -> {
                    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
                    yield (long) (bytes[position(key, bytes.length)] & 0xff);
                }
                default -> throw new TemplateException("can't index item of type " + Values.type(item));
            };
        }
        return item;
    }

    /** {@code slice x 1 2} is {@code x[1:2]}, of a string by bytes. */
    private static Object slice(TemplateFunction.Arguments a) {
        if (a.size() > 4) {
            throw new TemplateException("too many slice indexes: " + (a.size() - 1));
        }
        return switch (a.any(0)) {
            case null -> throw new TemplateException("slice of untyped nil");
            case String _ when a.size() == 4 -> throw new TemplateException("cannot 3-index slice a string");
            case String s -> {
                byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
                int from = bound(a, 1, 0, bytes.length);
                yield new String(bytes, from, end(a, from, bytes.length) - from, StandardCharsets.UTF_8);
            }
            case List<?> list -> {
                int from = bound(a, 1, 0, list.size());
                yield list.subList(from, end(a, from, list.size()));
            }
            case Object other -> throw new TemplateException("can't slice item of type " + Values.type(other));
        };
    }

    /** The third index only bounds what Go may append, which no template does. */
    private static int end(TemplateFunction.Arguments a, int from, int size) {
        int end = bound(a, 2, size, size);
        if (from > end) {
            throw new TemplateException("invalid slice index: " + from + " > " + end);
        }
        int most = bound(a, 3, size, size);
        if (end > most) {
            throw new TemplateException("invalid slice index: " + end + " > " + most);
        }
        return end;
    }

    private static int bound(TemplateFunction.Arguments a, int argument, int otherwise, int size) {
        // The end itself is an index too.
        return argument < a.size() ? position(a.any(argument), size + 1) : otherwise;
    }

    /** Data of alerts has no functions. */
    private static Object call(TemplateFunction.Arguments a) {
        throw new TemplateException(
                a.any(0) == null
                        ? "call of nil"
                        : "non-function " + Values.text(a.any(0)) + " of type " + Values.type(a.any(0)));
    }

    private static int position(@Nullable Object key, int size) {
        if (!(key instanceof Long index)) {
            throw new TemplateException("cannot index slice/array with type " + Values.type(key));
        }
        if (index < 0 || index >= size) {
            throw new TemplateException("index out of range: " + index);
        }
        return index.intValue();
    }

    private static void addNumbers() {
        ALL.put("humanize", TemplateFunction.of(a -> Humanize.decimal(a.any(0)), Object.class));
        ALL.put("humanize1024", TemplateFunction.of(a -> Humanize.binary(a.any(0)), Object.class));
        ALL.put("humanizeDuration", TemplateFunction.of(a -> Humanize.duration(a.any(0)), Object.class));
        ALL.put("humanizePercentage", TemplateFunction.of(a -> Humanize.percentage(a.any(0)), Object.class));
        ALL.put("humanizeTimestamp", TemplateFunction.of(a -> Humanize.timestamp(a.any(0)), Object.class));
        ALL.put("toTime", TemplateFunction.of(a -> Humanize.time(a.any(0)), Object.class));
        ALL.put(
                "toDuration",
                TemplateFunction.of(a -> Duration.ofNanos((long) (Values.number(a.any(0)) * NANOS)), Object.class));
        ALL.put("parseDuration", TemplateFunction.of(a -> seconds(a.string(0)), String.class));
    }

    private static double seconds(String duration) {
        try {
            return duration.startsWith("-")
                    ? -PrometheusDuration.parse(duration.substring(1)) / NANOS
                    : PrometheusDuration.parse(duration) / NANOS;
        } catch (PrometheusDuration.DurationException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        }
    }

    private static void addSamples() {
        ALL.put("first", TemplateFunction.of(TemplateFunctions::first, List.class));
        ALL.put("value", TemplateFunction.of(a -> sample(a.any(0)).value(), Sample.class));
        ALL.put(
                "label",
                TemplateFunction.of(a -> sample(a.any(1)).labels().get(a.string(0)), String.class, Sample.class));
        ALL.put("strvalue", TemplateFunction.of(a -> sample(a.any(0)).labels().get("__value__"), Sample.class));
        ALL.put("sortByLabel", TemplateFunction.of(TemplateFunctions::sortByLabel, String.class, List.class));
        ALL.put("args", TemplateFunction.variadic(TemplateFunctions::args, Object.class));
    }

    private static Sample sample(@Nullable Object value) {
        return (Sample) Objects.requireNonNull(value);
    }

    private static @Nullable Object first(TemplateFunction.Arguments a) {
        if (a.any(0) instanceof List<?> list && !list.isEmpty()) {
            return list.getFirst();
        }
        throw new TemplateException("first() called on vector with no elements");
    }

    private static List<Sample> sortByLabel(TemplateFunction.Arguments a) {
        List<Sample> sorted = new ArrayList<>();
        for (Object value : (List<?>) Objects.requireNonNull(a.any(1))) {
            sorted.add(sample(value));
        }
        String label = a.string(0);
        sorted.sort(Comparator.comparing(s -> s.labels().get(label), GoString::compare));
        return sorted;
    }

    private static Map<String, Object> args(TemplateFunction.Arguments a) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < a.size(); i++) {
            Object value = a.any(i);
            if (value != null) {
                map.put("arg" + i, value);
            }
        }
        return map;
    }

    private static void addLinks() {
        ALL.put("urlQueryEscape", TemplateFunction.of(a -> escape(a.string(0)), String.class));
        ALL.put("urlquery", TemplateFunction.variadic(a -> escape(GoFormat.print(a.values())), Object.class));
        ALL.put("graphLink", TemplateFunction.of(a -> link(a.string(0), 0), String.class));
        ALL.put("tableLink", TemplateFunction.of(a -> link(a.string(0), 1), String.class));
    }

    private static String link(String expression, int tab) {
        return "/graph?g0.expr=" + escape(expression) + "&g0.tab=" + tab;
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
