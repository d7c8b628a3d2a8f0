package dev.sluice.promql.rules;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.template.Sample;
import dev.sluice.promql.template.TemplateContext;
import dev.sluice.promql.template.TemplateException;
import java.util.ArrayList;
import java.util.List;

/** Answers the queries of templates from the series that the rules see. */
public final class SourceQueries implements TemplateContext.Queries {
    private final SeriesSource source;
    private final QueryOptions options;

    public SourceQueries(SeriesSource source, QueryOptions options) {
        this.source = source;
        this.options = options;
    }

    @Override
    public List<Sample> query(String query, long time) {
        try {
            return switch (Query.compile(query, options).at(source, time).value()) {
                case QueryValue.VectorValue vector -> samples(vector.vector());
                case QueryValue.ScalarValue scalar -> List.of(new Sample(Labels.EMPTY, scalar.value()));
                case QueryValue.StringValue _, QueryValue.MatrixValue _ ->
                    throw new TemplateException("query result is not a vector or scalar");
            };
        } catch (ParseException | EvalException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Sample> samples(Vector vector) {
        List<Sample> samples = new ArrayList<>(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            NativeHistogram histogram = vector.histogram(i);
            samples.add(new Sample(vector.labels(i), histogram == null ? (Object) vector.value(i) : histogram));
        }
        return samples;
    }
}
