package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.template.LabelMap;
import dev.sluice.promql.template.Template;
import dev.sluice.promql.template.TemplateContext;
import dev.sluice.promql.template.TemplateException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Fills in the templates of alerts as Prometheus does. Each is parsed once. For one thread. */
public final class AlertTemplates implements Expander {
    private static final String PREFIX = "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
            + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

    private final Map<String, Object> shared;
    private final URI externalUrl;
    private final TemplateContext.Queries queries;
    private final Map<String, Map<String, Template>> parsed = new HashMap<>();

    /**
     * @param externalLabels those that are added to all that is sent
     * @param externalUrl where whoever sends the alerts is reached
     */
    public AlertTemplates(Labels externalLabels, URI externalUrl, TemplateContext.Queries queries) {
        this.externalUrl = externalUrl;
        this.queries = queries;
        shared = Map.of("ExternalLabels", LabelMap.of(externalLabels), "ExternalURL", externalUrl.toString());
    }

    /** @throws TemplateException where the text is not a template; the message is Prometheus' own */
    public static void check(String alert, String text) {
        Template.check(name(alert), PREFIX + text);
    }

    @Override
    public String expand(String template, Data data) {
        Map<String, Object> fields = new HashMap<>(shared);
        fields.put("Labels", LabelMap.of(data.labels()));
        fields.put("Value", data.histogram() == null ? (Object) data.value() : data.histogram());
        try {
            return template(data.alert(), template)
                    .fill(fields, new TemplateContext(data.time(), externalUrl, queries));
        } catch (TemplateException e) {
            return "<error expanding template: " + e.getMessage() + ">";
        }
    }

    private Template template(String alert, String text) {
        return parsed.computeIfAbsent(alert, a -> new HashMap<>())
                .computeIfAbsent(text, t -> Template.parse(name(alert), PREFIX + t));
    }

    private static String name(String alert) {
        return "__alert_" + alert;
    }
}
