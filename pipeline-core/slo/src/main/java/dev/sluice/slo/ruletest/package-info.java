/** Unit tests of rules in promtool's format. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.ruletest;
