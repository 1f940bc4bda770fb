# SPDX-License-Identifier: BSD-3-Clause
# Finds the headers of Boost and Eigen, from Debian's packages or from the PyPI packages boost-headers and
# cmeel-eigen. Used by the build of shequ and, installed beside shequConfig.cmake, by programs that ask for its
# optional components. Downloads nothing.

# The PyPI packages keep their headers one folder below site-packages, where find_package does not look.
cmake_path(CONVERT "$ENV{CMAKE_PREFIX_PATH}" TO_CMAKE_PATH_LIST shequ_environment)
foreach(shequ_prefix IN LISTS CMAKE_PREFIX_PATH shequ_environment)
  foreach(shequ_folder IN ITEMS cmeel.prefix boost_headers)
    if(IS_DIRECTORY "${shequ_prefix}/${shequ_folder}")
      list(APPEND CMAKE_PREFIX_PATH "${shequ_prefix}/${shequ_folder}")
    endif()
  endforeach()
endforeach()
list(REMOVE_DUPLICATES CMAKE_PREFIX_PATH)
unset(shequ_environment)

# Defines Boost::headers where the headers of Boost are found.
macro(shequ_find_boost)
  if(NOT TARGET Boost::headers)
    find_package(Boost 1.74 CONFIG QUIET)
  endif()
  if(NOT TARGET Boost::headers)
    find_path(SHEQU_BOOST_INCLUDE_DIR boost/graph/adjacency_list.hpp)
    mark_as_advanced(SHEQU_BOOST_INCLUDE_DIR)
    if(SHEQU_BOOST_INCLUDE_DIR)
      add_library(Boost::headers INTERFACE IMPORTED)
      target_include_directories(Boost::headers INTERFACE "${SHEQU_BOOST_INCLUDE_DIR}")
    endif()
  endif()
endmacro()

# Defines Eigen3::Eigen where Eigen is found.
macro(shequ_find_eigen)
  if(NOT TARGET Eigen3::Eigen)
    find_package(Eigen3 3.4 NO_MODULE QUIET)
  endif()
endmacro()
