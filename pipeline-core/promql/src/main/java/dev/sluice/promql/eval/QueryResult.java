package dev.sluice.promql.eval;

import java.util.List;

/** What a query gives, and what there is to say about it: in Prometheus' words, with positions in the query. */
public record QueryResult(QueryValue value, List<String> warnings, List<String> infos) {}
