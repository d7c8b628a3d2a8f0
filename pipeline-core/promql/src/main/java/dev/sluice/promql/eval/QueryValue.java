package dev.sluice.promql.eval;

import dev.sluice.promql.series.Series;
import java.util.List;

/** What a query gives. */
public sealed interface QueryValue {
    /** A number; the time is in milliseconds since 1970. */
    record ScalarValue(long time, double value) implements QueryValue {}

    /** A string. */
    record StringValue(String value) implements QueryValue {}

    /** An instant vector, valid until the query runs again; the time is in milliseconds since 1970. */
    record VectorValue(long time, Vector vector) implements QueryValue {}

    /** Series of samples, in the order of their labels. */
    record MatrixValue(List<Series> series) implements QueryValue {}
}
