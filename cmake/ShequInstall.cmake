# SPDX-License-Identifier: BSD-3-Clause
# Installs headers, library and CMake package; in a wheel they lie in the Python package's folder.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
if(SKBUILD)
  set(CMAKE_INSTALL_LIBDIR lib)
endif()
set(SHEQU_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/shequ")

install(TARGETS shequ EXPORT shequTargets)
install(EXPORT shequTargets NAMESPACE shequ:: DESTINATION "${SHEQU_CMAKE_DIR}")

install(TARGETS shequ_boost_graph EXPORT shequBoostGraphTargets)
install(EXPORT shequBoostGraphTargets NAMESPACE shequ:: DESTINATION "${SHEQU_CMAKE_DIR}")
if(TARGET shequ_eigen)
  install(TARGETS shequ_eigen EXPORT shequEigenTargets)
  install(EXPORT shequEigenTargets NAMESPACE shequ:: DESTINATION "${SHEQU_CMAKE_DIR}")
endif()

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/shequ" "${PROJECT_BINARY_DIR}/include/shequ" DESTINATION include
        FILES_MATCHING PATTERN "*.hpp")

# Before 1.0 a new minor version may break programs.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/shequConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/shequConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/shequConfig.cmake" INSTALL_DESTINATION "${SHEQU_CMAKE_DIR}")
install(FILES "${PROJECT_BINARY_DIR}/shequConfig.cmake" "${PROJECT_BINARY_DIR}/shequConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/ShequDependencies.cmake" DESTINATION "${SHEQU_CMAKE_DIR}")

if(SHEQU_BUILD_PYTHON)
  install(TARGETS _core LIBRARY DESTINATION .)
endif()
