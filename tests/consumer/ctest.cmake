# SPDX-License-Identifier: BSD-3-Clause
# Tests that use shequ as a program of somebody else's does: from its install tree and as a subdirectory. The one
# from a wheel is tests/python/test_consumer.py.
string(JOIN ":" prefix_path ${CMAKE_PREFIX_PATH})
function(add_consumer_test name)
  add_test(NAME "consumer.${name}" COMMAND "${CMAKE_COMMAND}" "-DWORK=${CMAKE_CURRENT_BINARY_DIR}/consumer_${name}"
                                           ${ARGN} -P "${PROJECT_SOURCE_DIR}/tests/consumer/run.cmake")
  set_tests_properties("consumer.${name}" PROPERTIES
                       ENVIRONMENT "CMAKE_PREFIX_PATH=${prefix_path};CXX=${CMAKE_CXX_COMPILER}" LABELS consumer)
endfunction()

add_consumer_test(install_tree "-DINSTALL_FROM=${PROJECT_BINARY_DIR}")
add_consumer_test(subdirectory "-DSHEQU_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
# Compiles the whole library once more.
set_tests_properties(consumer.subdirectory PROPERTIES LABELS "consumer;slow")
