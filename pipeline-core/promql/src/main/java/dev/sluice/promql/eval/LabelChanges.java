package dev.sluice.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Names;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@code label_replace} and {@code label_join} do to labels. */
final class LabelChanges {
    private LabelChanges() {}

    /** Sets a label from a template where another's whole value matches an expression. */
    static UnaryOperator<Labels> replace(String target, String template, String source, String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile("^(?s:" + expression + ")$");
        } catch (PatternSyntaxException e) {
            throw new EvalException("invalid regular expression in label_replace(): " + expression);
        }
        checkName("destination", "label_replace", target);
        return labels -> {
            Matcher matcher = pattern.matcher(labels.get(source));
            return matcher.find() ? labels.with(target, Template.expand(template, matcher)) : labels;
        };
    }

    /** Sets a label to the values of others with a separator between them. */
    static UnaryOperator<Labels> join(String target, String separator, List<String> sources) {
        for (String source : sources) {
            checkName("source", "label_join", source);
        }
        checkName("destination", "label_join", target);
        return labels -> {
            String value =
                    String.join(separator, sources.stream().map(labels::get).toList());
            return labels.with(target, value);
        };
    }

    private static void checkName(String which, String function, String name) {
        if (!Names.valid(name)) {
            throw new EvalException("invalid " + which + " label name in " + function + "(): " + name);
        }
    }

    /** Replacement texts with {@code $1}, <code>${1}</code> and names of groups. Source: Go's regexp.Expand. */
    private static final class Template {
        private Template() {}

        static String expand(String template, Matcher matcher) {
            StringBuilder out = new StringBuilder();
            int at = 0;
            while (at < template.length()) {
                int dollar = template.indexOf('$', at);
                if (dollar < 0 || dollar == template.length() - 1) {
                    return out.append(template, at, template.length()).toString();
                }
                out.append(template, at, dollar);
                at = dollar + 1;
                if (template.charAt(at) == '$') {
                    out.append('$');
                    at++;
                    continue;
                }
                boolean braces = template.charAt(at) == '{';
                int start = braces ? at + 1 : at;
                int end = start;
                while (end < template.length() && wordCharacter(template.charAt(end))) {
                    end++;
                }
                boolean closed = !braces || (end < template.length() && template.charAt(end) == '}');
                if (end == start || !closed) {
                    // Malformed: the dollar stands for itself.
                    out.append('$');
                    continue;
                }
                out.append(group(matcher, template.substring(start, end)));
                at = braces ? end + 1 : end;
            }
            return out.toString();
        }

        private static boolean wordCharacter(char c) {
            return c == '_' || Character.isLetterOrDigit(c);
        }

        private static String group(Matcher matcher, String name) {
            try {
                String found = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 9
                        ? numbered(matcher, Integer.parseInt(name))
                        : matcher.group(name);
                return found == null ? "" : found;
            } catch (IllegalArgumentException e) {
                return "";
            }
        }

        private static @Nullable String numbered(Matcher matcher, int group) {
            return group <= matcher.groupCount() ? matcher.group(group) : "";
        }
    }
}
