/** The server that the tests of the clients in other languages talk to. */
@org.jspecify.annotations.NullMarked
package dev.headway.web;
