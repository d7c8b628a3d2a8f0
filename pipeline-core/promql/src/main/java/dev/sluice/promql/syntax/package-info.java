/** PromQL's text: lexer, parser, syntax tree, type check and printer. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.syntax;
