package dev.sluice.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Names;
import dev.sluice.promql.text.GoReplacement;
import java.util.List;
import java.util.function.UnaryOperator;

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
            return matcher.find() ? labels.with(target, GoReplacement.expand(template, matcher)) : labels;
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
}
