package dev.sluice.promql.template;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What templates can ask for beside their data.
 *
 * @param time milliseconds since 1970
 * @param externalUrl where whoever sends the alerts is reached
 */
public record TemplateContext(long time, URI externalUrl, Queries queries) {
    static final Set<String> FUNCTIONS = Set.of("query", "now", "externalURL", "pathPrefix");

    private static final double MILLIS = 1000;

    /** Evaluates queries of templates. */
    @FunctionalInterface
    public interface Queries {
        /** @throws TemplateException where the query has no result */
        List<Sample> query(String query, long time);
    }

    Map<String, TemplateFunction> functions() {
        return Map.of(
                "query", TemplateFunction.of(a -> queries.query(a.string(0), time), String.class),
                "now", TemplateFunction.of(a -> time / MILLIS),
                "externalURL", TemplateFunction.of(a -> externalUrl.toString()),
                "pathPrefix", TemplateFunction.of(a -> externalUrl.getPath()));
    }
}
