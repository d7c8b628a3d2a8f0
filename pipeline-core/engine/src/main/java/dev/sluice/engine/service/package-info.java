/** The life of the whole process: start, reload, stop. */
@org.jspecify.annotations.NullMarked
package dev.sluice.engine.service;
