package dev.sluice.slo.file;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.rules.AlertTemplates;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Names;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.promql.syntax.ParserOptions;
import dev.sluice.promql.template.TemplateException;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Mark;
import java.util.Map;

/** What must hold for one rule. Source: prometheus model/rulefmt, Rule.Validate. */
final class RuleChecks {
    private final Fields fields;
    private final ParserOptions parser;
    private final String prefix;

    /** @param number of the rule in its group, from 1 */
    RuleChecks(String group, int number, Fields fields, ParserOptions parser) {
        this.fields = fields;
        this.parser = parser;
        String name = fields.has("alert") ? fields.text("alert") : fields.text("record");
        prefix = "group " + GoString.quote(group) + ", rule " + number + ", " + GoString.quote(name) + ": ";
    }

    void check() {
        boolean records = fields.has("record");
        boolean alerts = fields.has("alert");
        if (records && alerts) {
            problem(fields.keyMark("alert"), "only one of 'record' and 'alert' must be set");
        } else if (!records && !alerts) {
            problem(fields.mark(), "one of 'record' or 'alert' must be set");
        }
        expression();
        if (records) {
            recording(fields.text("record"));
        }
        labelNames(fields, fields.texts("labels"), prefix);
        fields.texts("annotations").keySet().forEach(name -> {
            if (!Names.valid(name)) {
                problem(fields.keyMark("annotations", name), "invalid annotation name: " + name);
            }
        });
        if (alerts) {
            templates("label", "labels");
            templates("annotation", "annotations");
        }
    }

    private void expression() {
        if (!(fields.node("expr") instanceof Scalar scalar) || scalar.text().isEmpty()) {
            problem(fields.mark("expr"), "field 'expr' must be set in rule");
            return;
        }
        try {
            Parser.parse(scalar.text(), parser);
        } catch (ParseException e) {
            Mark place = ExprPlace.of(scalar).at(e.span().start());
            problem(place, "could not parse expression: " + e.getMessage());
        }
    }

    private void recording(String name) {
        if (fields.has("annotations") && !fields.texts("annotations").isEmpty()) {
            problem(fields.keyMark("annotations"), "invalid field 'annotations' in recording rule");
        }
        for (String key : new String[] {"for", "keep_firing_for"}) {
            if (fields.has(key) && !fields.text(key).matches("0[a-z]*")) {
                problem(fields.keyMark(key), "invalid field '" + key + "' in recording rule");
            }
        }
        if (!Names.valid(name)) {
            problem(fields.mark("record"), "invalid recording rule name: " + name);
        }
        // A valid name, but never meant.
        if (name.contains("{") || name.contains("}")) {
            problem(fields.mark("record"), "braces present in the recording rule name; should it be in expr?: " + name);
        }
    }

    /** Reports names that no label may have; {@code prefix} says whose labels they are. */
    static void labelNames(Fields fields, Map<String, String> labels, String prefix) {
        labels.keySet().forEach(name -> {
            if (!Names.valid(name) || name.equals(Labels.NAME)) {
                fields.problem(fields.keyMark("labels", name), prefix + "invalid label name: " + name);
            }
        });
    }

    private void templates(String kind, String key) {
        fields.texts(key).forEach((name, text) -> {
            try {
                AlertTemplates.check(fields.text("alert"), text);
            } catch (TemplateException e) {
                problem(fields.keyMark(key, name), kind + " " + GoString.quote(name) + ": " + e.getMessage());
            }
        });
    }

    private void problem(Mark mark, String message) {
        fields.problem(mark, prefix + message);
    }
}
