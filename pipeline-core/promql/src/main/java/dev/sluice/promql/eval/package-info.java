/** Evaluates PromQL: a query becomes a tree of nodes, made once and run as often as wanted. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.eval;
