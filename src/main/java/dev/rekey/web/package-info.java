/** The HTTP API, in request and response records of its own, whoever serves it. */
@NullMarked
package dev.rekey.web;

import org.jspecify.annotations.NullMarked;
