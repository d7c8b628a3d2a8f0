/**
 * Recording and alerting rules, evaluated in groups. Source of their behaviour: Prometheus 3.16, {@code rules/}. Times are milliseconds since 1970,
 * and a time of 0 means that it has not come about. For one thread.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.rules;
