/** Configuration text as a tree: what was written, and where. */
@org.jspecify.annotations.NullMarked
package dev.sluice.yaml;
