/** From YAML to records: sources, merge, expansion, binding, checks, and the documents generated from the records. */
@org.jspecify.annotations.NullMarked
package dev.sluice.engine.config;
